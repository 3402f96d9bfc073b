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

    /** The one that stands in for what this decision asks. */
    Optional<Waiver> of(PolicyDecision decision, Instant now) {
        return decision.match(
                skip -> Optional.empty(),
                challenge -> device(challenge, now),
                enroll -> grace(enroll, now),
                deny -> Optional.empty());
    }

    private Optional<Waiver> device(PolicyDecision.Challenge challenge, Instant now) {
        return new TrustedDevices(session, realm).life().isZero()
                ? Optional.empty()
                : open(challenge, Waiver.Kind.TRUSTED_DEVICE, now);
    }

    /** A factor, once there was one, ends every grace. */
    private Optional<Waiver> grace(PolicyDecision.Enroll enroll, Instant now) {
        return enroll.grace().isEmpty()
                ? Optional.empty()
                : open(enroll, Waiver.Kind.GRACE, now)
                        .filter(waiver -> !new SecondFactors(session).everHeld(realm, visit.user()));
    }

    private Optional<Waiver> open(PolicyDecision decision, Waiver.Kind kind, Instant now) {
        DecidingRules deciding = DecidingRules.of(decision);
        return all().stream()
                .filter(row -> row.isFor(deciding))
                .map(WaiverRow::waiver)
                .filter(waiver -> waiver.kind() == kind && now.isBefore(waiver.until()))
                .findFirst();
    }

    private List<WaiverRow> all() {
        return visit.binding()
                .map(binding -> new WaiverStore(session)
                        .find(realm.getId(), visit.user().getId(), binding))
                .orElse(List.of());
    }
}
