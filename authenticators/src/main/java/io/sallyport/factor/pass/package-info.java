/** Temporary access passes: made, hashed, stored, spent once. */
@NullMarked
package io.sallyport.factor.pass;

import org.jspecify.annotations.NullMarked;
