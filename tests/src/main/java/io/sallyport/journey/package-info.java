/** Speaks to a real Keycloak as people, applications and administrators do: over HTTP, through pages, and by JDBC. */
@NullMarked
package io.sallyport.journey;

import org.jspecify.annotations.NullMarked;
