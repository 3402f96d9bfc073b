/** The gate at the end of every sign-in and the guard in front of every token and assertion. */
@NullMarked
package io.sallyport.gate;

import org.jspecify.annotations.NullMarked;
