package io.sallyport.audit.sink;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.vault.VaultStringSecret;

/** What signs webhooks: of a realm with an entry {@code mfa-webhook-secret} in the operator's vault that one, else the server's. */
final class Signatures {

    private static final String ENTRY = "${vault.mfa-webhook-secret}";

    /** Keycloak 26.7 writes a warning whenever somebody looks for an entry that there is not. */
    private static final Duration NOT_AGAIN_FOR = Duration.ofMinutes(10);

    private final Optional<Signature> ofTheServer;

    /** Realms without an entry, and when that was seen, in nanoseconds of the JVM's own clock. */
    private final Map<String, Long> without = new ConcurrentHashMap<>();

    /** @param ofTheServer absent if it has none */
    Signatures(Optional<Signature> ofTheServer) {
        this.ofTheServer = ofTheServer;
    }

    /**
     * For the realm that the session is about, as it is now; that it has no entry is taken for granted for a while.
     *
     * @throws IllegalArgumentException if the entry is no secret; it is not named
     */
    Optional<Signature> of(KeycloakSession session) {
        without.values().removeIf(since -> System.nanoTime() - since > NOT_AGAIN_FOR.toNanos());
        return without.containsKey(realmId(session)) ? ofTheServer : afresh(session);
    }

    /** The same by what the vault has now, also if it had nothing a moment ago. */
    Optional<Signature> afresh(KeycloakSession session) {
        Optional<Signature> own = entry(session);
        if (own.isPresent()) {
            without.remove(realmId(session));
        } else {
            without.put(realmId(session), System.nanoTime());
        }
        return own.or(() -> ofTheServer);
    }

    private static Optional<Signature> entry(KeycloakSession session) {
        try (VaultStringSecret entry = session.vault().getStringSecret(ENTRY)) {
            return entry.get()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty() && !text.equals(ENTRY))
                    .map(Signature::with);
        }
    }

    /** A realm that is imported as the server starts is about to be one. */
    private static String realmId(KeycloakSession session) {
        return Optional.ofNullable(session.getContext().getRealm())
                .map(RealmModel::getId)
                .orElse("");
    }
}
