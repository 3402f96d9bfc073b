package io.sallyport.verify;

import io.sallyport.policy.PolicyDecision;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** When a user can no longer put enrolling off, looked at without beginning anything. */
public final class GraceEnd {

    private GraceEnd() {}

    /** The first end among the deciding rules; empty if no grace has begun, or none has an end. */
    public static Optional<Instant> of(
            KeycloakSession session, String realmId, String userId, PolicyDecision decision) {
        GraceStore graces = new GraceStore(session);
        return decision.match(
                skip -> Optional.empty(),
                challenge -> Optional.empty(),
                enroll -> enroll.grace().isEmpty()
                        ? Optional.empty()
                        : enroll.reasons().stream()
                                .flatMap(reason -> reason.rule().stream())
                                .flatMap(rule -> graces.find(new GraceRow.Key(realmId, userId, rule)).stream())
                                .flatMap(use -> use.endsAt().stream())
                                .min(Instant::compareTo),
                deny -> Optional.empty());
    }
}
