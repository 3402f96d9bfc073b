package io.sallyport.verify;

import org.keycloak.models.KeycloakSession;

/** What an attempt turns out to be of, where only its own transaction can tell. */
public interface Finding {

    /**
     * The attempt; whatever this throws, nothing was counted.
     *
     * @param own the attempt's own transaction
     * @param locked whether the user is locked: then the attempt is only put on the record
     */
    Attempt attempt(KeycloakSession own, boolean locked);
}
