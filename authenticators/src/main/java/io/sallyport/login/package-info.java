/** The door: flow authenticators, and Keycloak's own OTP steps led through the same verification. */
@NullMarked
package io.sallyport.login;

import org.jspecify.annotations.NullMarked;
