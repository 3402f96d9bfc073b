/** The command {@code ./demo}: a Keycloak with the demo realm to try, and the same realm put to the proof. */
@NullMarked
package io.sallyport.demo;

import org.jspecify.annotations.NullMarked;
