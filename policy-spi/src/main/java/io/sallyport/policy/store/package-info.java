/** Where the rules of a realm are kept, and the policy provider that answers from them. */
@NullMarked
package io.sallyport.policy.store;

import org.jspecify.annotations.NullMarked;
