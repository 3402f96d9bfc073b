/** The rows of the audit trail: what one says, where it is kept, and how the administration reads it. */
@NullMarked
package io.sallyport.audit.store;

import org.jspecify.annotations.NullMarked;
