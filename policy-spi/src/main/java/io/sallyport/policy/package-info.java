/** What must be proven at one sign-in, and why: the question, the answer and the SPI between them. */
@NullMarked
package io.sallyport.policy;

import org.jspecify.annotations.NullMarked;
