/** One-time passwords: the algorithms of RFC 4226 and RFC 6238, pure, and what a Keycloak credential says about them. */
@NullMarked
package io.sallyport.factor.totp;

import org.jspecify.annotations.NullMarked;
