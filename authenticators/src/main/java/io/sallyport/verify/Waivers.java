package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.PolicyDecision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The waivers that one visit can show, read only where they can matter. */
final class Waivers {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Visit visit;

    Waivers(KeycloakSession session, RealmModel realm, Visit visit) {
        this.session = session;
        this.realm = realm;
        this.visit = visit;
    }

    /** Whether the session was ever let in by one. */
    boolean any() {
        return !all().isEmpty();
    }

    /** The one that stands in for what this decision asks. A factor, once there was one, ends every grace. */
    Optional<Waiver> of(PolicyDecision decision, Instant now) {
        if (!(decision instanceof PolicyDecision.Enroll enroll)
                || enroll.grace().isEmpty()) {
            return Optional.empty();
        }
        DecidingRules deciding = DecidingRules.of(enroll);
        return all().stream()
                .filter(row -> row.isFor(deciding))
                .map(WaiverRow::waiver)
                .filter(waiver -> now.isBefore(waiver.until()))
                .findFirst()
                .filter(waiver -> !new SecondFactors(session).everHeld(realm, visit.user()));
    }

    private List<WaiverRow> all() {
        return visit.binding()
                .map(binding -> new WaiverStore(session)
                        .find(realm.getId(), visit.user().getId(), binding))
                .orElse(List.of());
    }
}
