package io.sallyport.verify;

import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.provider.DatabaseClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** When a user can no longer put enrolling off. */
public final class GraceEnd {

    private GraceEnd() {}

    /**
     * Brings the end now, also of a grace that has not begun; false if there was none to end. A session that goes on by
     * one goes on.
     */
    public static boolean bring(KeycloakSession session, RealmModel realm, String userId, PolicyDecision decision) {
        GraceStore graces = new GraceStore(session);
        Instant now = DatabaseClock.now(session);
        decision.match(
                        skip -> List.<Reason>of(),
                        challenge -> List.<Reason>of(),
                        PolicyDecision.Enroll::reasons,
                        deny -> List.<Reason>of())
                .forEach(reason -> reason.rule()
                        .flatMap(rule -> reason.grace().map(given -> new GraceRow.Key(realm.getId(), userId, rule)))
                        .ifPresent(key -> graces.begin(
                                key, reason.version(), reason.grace().orElseThrow(), now)));
        return graces.end(realm.getId(), userId, now) > 0;
    }

    /** The first end among the deciding rules, looked at without beginning anything; empty if no grace has begun, or none has an end. */
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
