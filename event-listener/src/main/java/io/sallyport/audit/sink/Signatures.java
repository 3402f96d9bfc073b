package io.sallyport.audit.sink;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.VaultStringSecret;

/**
 * What signs webhooks: of a realm with an entry {@code mfa-webhook-secret} in the operator's vault that one, else the server's.
 *
 * @param ofTheServer absent if it has none
 */
record Signatures(Optional<Signature> ofTheServer) {

    private static final String ENTRY = "${vault.mfa-webhook-secret}";

    /**
     * For the realm that the session is about, as it is now.
     *
     * @throws IllegalArgumentException if the entry is no secret; it is not named
     */
    Optional<Signature> of(KeycloakSession session) {
        try (VaultStringSecret entry = session.vault().getStringSecret(ENTRY)) {
            return entry.get()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty() && !text.equals(ENTRY))
                    .map(Signature::with)
                    .or(() -> ofTheServer);
        }
    }
}
