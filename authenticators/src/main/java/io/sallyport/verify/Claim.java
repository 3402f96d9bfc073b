package io.sallyport.verify;

import io.sallyport.factor.Approvals;
import io.sallyport.factor.Challenge;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Match;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactor;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The challenge that an attempt answers: of this user, this session, this method and this purpose, and open. */
final class Claim {

    private final Attempt attempt;
    private final SecondFactor factor;
    private Optional<Challenge> challenge = Optional.empty();

    Claim(Attempt attempt, SecondFactor factor) {
        this.attempt = attempt;
        this.factor = factor;
    }

    /**
     * Looks for it in the attempt's own transaction. What takes one answer only is used up by it, right or wrong; what takes
     * several counts each.
     *
     * @return false if another challenge took its place: any page can bring that about, so it is no failure
     */
    boolean stake(KeycloakSession own, RealmModel realm) {
        if (!isNeeded()) {
            return true;
        }
        Challenges challenges = new Challenges(own);
        Optional<Challenges.Owner> owner = attempt.sessionId()
                .map(root -> new Challenges.Owner(realm.getId(), attempt.user().getId(), root));
        challenge = attempt.challengeId()
                .flatMap(id -> owner.flatMap(found -> challenges.pending(id, found)))
                .filter(found -> found.methods().contains(attempt.method()) && found.purpose() == attempt.purpose())
                .filter(found -> factor.answeredOnce()
                        ? challenges.use(found.id())
                        : challenges.attempt(
                                found.id(), RealmSettings.of(own, realm).get(Setting.LOCKOUT_THRESHOLD)));
        return challenge.isPresent()
                || attempt.challengeId()
                        .flatMap(id -> owner.filter(found -> challenges.isVoid(id, found)))
                        .isEmpty();
    }

    /** The challenge; empty if there is none to answer. */
    Optional<Challenge> challenge() {
        return challenge;
    }

    /** Whether something can be compared at all. */
    boolean isOpen() {
        return !isNeeded() || challenge.isPresent();
    }

    /** Uses up what takes several answers, by the right one; false if another one was quicker. */
    boolean redeem(KeycloakSession session, Match match) {
        if (!isNeeded()) {
            return true;
        }
        String id = challenge.orElseThrow().id();
        if (attempt.purpose() == Purpose.APPROVE) {
            return new Approvals(session).give(id, attempt.method(), match.enrollmentId(), factor.answeredOnce());
        }
        return factor.answeredOnce() || new Challenges(session).use(id);
    }

    /** A code that nothing was asked for stands for itself; an approval is always of something. */
    private boolean isNeeded() {
        return factor.asks() || attempt.challengeId().isPresent() || attempt.purpose() == Purpose.APPROVE;
    }
}
