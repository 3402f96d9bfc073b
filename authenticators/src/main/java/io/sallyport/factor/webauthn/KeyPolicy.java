package io.sallyport.factor.webauthn;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What the realm asks of a key.
 *
 * @param userVerification whether the authenticator must have checked a PIN or a finger
 * @param algorithms COSE numbers of the algorithms, preferred first
 * @param attestation what the browser is asked for
 * @param attachment {@code platform} or {@code cross-platform}; empty for both
 * @param models the AAGUIDs of the allowed authenticators; empty for all
 */
public record KeyPolicy(
        Preference userVerification,
        Set<Long> algorithms,
        Conveyance attestation,
        Optional<String> attachment,
        Set<UUID> models) {

    /** WebAuthn §5.8.6 and §5.4.6. */
    public enum Preference {
        REQUIRED,
        PREFERRED,
        DISCOURAGED;

        /** As browsers read it. */
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** WebAuthn §5.4.7. */
    public enum Conveyance {
        NONE,
        INDIRECT,
        DIRECT,
        ENTERPRISE;

        /** As browsers read it. */
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public KeyPolicy {
        if (algorithms.isEmpty()) {
            throw new IllegalArgumentException("algorithms is empty: no key could be made");
        }
        algorithms = Collections.unmodifiableSet(new LinkedHashSet<>(algorithms));
        models = Set.copyOf(models);
    }

    /** Whether a key must come with a statement of its maker that leads to a trust anchor. */
    boolean demandsTrust() {
        return attestation != Conveyance.NONE || !models.isEmpty();
    }
}
