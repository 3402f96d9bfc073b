package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.Asking;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Occasion;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.Question;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.policy.NetworkAddress;
import io.sallyport.provider.RealmSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Asks a factor in a sign-in: a challenge is kept first, then whatever must be sent is sent, at most once. */
public final class Questions {

    private static final String NOTE = "sallyport.challenge.";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel signIn;
    private final UserModel user;

    /** The questions of one user in one sign-in. */
    public Questions(KeycloakSession session, RealmModel realm, AuthenticationSessionModel signIn, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.signIn = signIn;
        this.user = user;
    }

    /** Id of the challenge that was posed last; it never leaves the server. */
    public static Optional<String> last(AuthenticationSessionModel signIn, Method method, Purpose purpose) {
        return Optional.ofNullable(signIn.getAuthNote(note(method, purpose)));
    }

    /** Poses what the page itself asks, in the request's transaction. */
    public Posed pose(Method method, Purpose purpose, Optional<String> enrollmentId) {
        Occasion occasion = occasion(Challenges.newId(), purpose, enrollmentId);
        Posed posed = ask(session, realm, user, method, occasion)
                .match(
                        asks -> {
                            open(session, method, occasion, asks.question());
                            return new Posed(asks.question().shown(), Optional.empty());
                        },
                        Posed::refused);
        remember(posed, method, occasion);
        return posed;
    }

    /**
     * Keeps a challenge that a page of Keycloak's own posed, and its id; call it before any SQL of the request. Its id
     * follows from it, so that it too takes one answer only, on whatever node: the second one finds it used.
     */
    public String adopt(Method method, String kept) {
        Occasion occasion = occasion(Challenges.idOf(kept), Purpose.SIGN_IN, Optional.empty());
        Question question = new Question(kept, Map.of(), Optional.empty());
        try {
            OwnTransaction.call(session, own -> {
                open(own, method, occasion, question);
                return true;
            });
        } catch (ModelDuplicateException known) {
            // answered before: the attempt is counted, and finds the challenge used
        }
        return occasion.challengeId();
    }

    /**
     * Sends a question: it is committed before it is sent, so that nobody can have what nobody remembers. Like an
     * attempt, it needs a connection of its own: call it before any SQL of the request.
     */
    public Posed send(Method method, Purpose purpose, Optional<String> enrollmentId) {
        Occasion occasion = occasion(Challenges.newId(), purpose, enrollmentId);
        Asking asking = OwnTransaction.call(session, own -> keep(own, method, occasion));
        Posed posed = asking.match(
                asks -> asks.question()
                        .delivery()
                        .flatMap(Question.Delivery::send)
                        .map(problem -> notSent(method, problem))
                        .orElseGet(() -> new Posed(asks.question().shown(), Optional.empty())),
                notNow -> notSent(method, notNow));
        remember(posed, method, occasion);
        return posed;
    }

    private Asking keep(KeycloakSession own, Method method, Occasion occasion) {
        RealmModel ownRealm = own.getContext().getRealm();
        if (new Throttle(own).lockedUntil(ownRealm, user.getId()).isPresent()) {
            return new Asking.NotNow("mfaLocked", "locked", Optional.empty());
        }
        UserModel known = Optional.ofNullable(own.users().getUserById(ownRealm, user.getId()))
                .orElseThrow(() -> new MfaUnavailable("the user is not stored yet"));
        Asking asking = ask(own, ownRealm, known, method, occasion);
        if (asking instanceof Asking.Asks asks) {
            open(own, method, occasion, asks.question());
            Trail.recordHere(
                    own, ownRealm, event(MfaEventType.CHALLENGE_CREATED, Outcome.SUCCESS, method, purposeOf(occasion)));
        }
        return asking;
    }

    private static Asking ask(KeycloakSession in, RealmModel realm, UserModel user, Method method, Occasion occasion) {
        SecondFactor factor = new SecondFactors(in)
                .verifiable(realm, method)
                .filter(SecondFactor::asks)
                .orElseThrow(() -> new MfaUnavailable("method " + method + " is not available"));
        return factor.ask(realm, user, occasion);
    }

    private void open(KeycloakSession in, Method method, Occasion occasion, Question question) {
        Challenges.Owner owner = new Challenges.Owner(
                realm.getId(), user.getId(), signIn.getParentSession().getId());
        Duration ttl = new SecondFactors(in).of(method).orElseThrow().ttl(RealmSettings.of(in, realm));
        new Challenges(in).open(owner, method, occasion, ttl, question.kept());
    }

    private Occasion occasion(String id, Purpose purpose, Optional<String> enrollmentId) {
        return new Occasion(
                id,
                purpose,
                enrollmentId,
                ClientAddress.of(session, realm).map(NetworkAddress::text).orElse(""),
                Ruling.of(signIn).tenants());
    }

    /** A question that never arrived is not open; the one before it is void already. */
    private Posed notSent(Method method, Asking.NotNow problem) {
        OwnTransaction.call(session, own -> {
            Trail.recordHere(
                    own,
                    own.getContext().getRealm(),
                    event(MfaEventType.FAILED, Outcome.FAILURE, method, problem.reason()));
            return true;
        });
        return Posed.refused(problem);
    }

    private void remember(Posed posed, Method method, Occasion occasion) {
        if (posed.problem().isEmpty()) {
            signIn.setAuthNote(note(method, occasion.purpose()), occasion.challengeId());
        }
    }

    private MfaEvent event(MfaEventType type, Outcome outcome, Method method, String reason) {
        return Ruling.of(signIn)
                .on(MfaEvent.of(type, outcome)
                        .user(user.getId())
                        .client(Optional.of(signIn.getClient().getClientId()))
                        .session(signIn.getParentSession().getId())
                        .with(Detail.METHOD, method.name())
                        .with(Detail.REASON, reason));
    }

    private static String purposeOf(Occasion occasion) {
        return occasion.purpose().name().toLowerCase(Locale.ROOT);
    }

    private static String note(Method method, Purpose purpose) {
        return NOTE + purpose + "." + method;
    }
}
