/** Recovery codes: made, hashed, stored one row each. */
@NullMarked
package io.sallyport.factor.recovery;

import org.jspecify.annotations.NullMarked;
