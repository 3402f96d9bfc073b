/** Finds out, with nothing but files, whether a trail is what the realm signed; if not, which row is the first bad one. */
@NullMarked
package io.sallyport.verifier;

import org.jspecify.annotations.NullMarked;
