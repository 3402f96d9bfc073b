/** Reminds of exceptions before they end, each once for each stage, on the record. */
@NullMarked
package io.sallyport.audit.reminder;

import org.jspecify.annotations.NullMarked;
