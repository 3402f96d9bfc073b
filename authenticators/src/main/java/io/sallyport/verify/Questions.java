package io.sallyport.verify;

import io.sallyport.event.Trail;
import io.sallyport.factor.Approvals;
import io.sallyport.factor.Asking;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Handover;
import io.sallyport.factor.Occasion;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.Question;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Asks a factor: a challenge is kept first, then whatever must be sent is sent, at most once. */
public final class Questions {

    private static final String NOTE = "sallyport.challenge.";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Place place;
    private final UserModel user;
    private final Optional<Requested> requested;
    private final QuestionEvents events;

    /** The questions of one user at one place. */
    public Questions(KeycloakSession session, RealmModel realm, Place place, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.place = place;
        this.user = user;
        this.requested = Optional.empty();
        this.events = new QuestionEvents(place, user);
    }

    private Questions(Questions others, Requested requested) {
        this.session = others.session;
        this.realm = others.realm;
        this.place = others.place;
        this.user = others.user;
        this.requested = Optional.of(requested);
        this.events = others.events;
    }

    /** The questions by which the user may give this approval. */
    public Questions about(Requested approval) {
        return new Questions(this, approval);
    }

    /** Id of the challenge that was posed last; it never leaves the server. */
    public static Optional<String> last(Place place, Method method, Purpose purpose) {
        return place.remembered(note(method, purpose));
    }

    /** Poses what the page itself asks, in the request's transaction. */
    public Posed pose(Method method, Purpose purpose, Optional<String> enrollmentId) {
        Occasion occasion = occasion(Challenges.newId(), purpose, enrollmentId);
        return ask(session, realm, user, method, occasion)
                .match(
                        asks -> {
                            open(session, method, occasion, asks.question());
                            remember(method, occasion);
                            return Posed.asked(
                                    occasion.challengeId(), asks.question().shown());
                        },
                        notNow -> Posed.refused(notNow, false));
    }

    /** Poses one challenge that any of these methods answers; none of them is sent. */
    public Posed poseAny(Set<Method> methods) {
        Occasion occasion = occasion(Challenges.newId(), Purpose.SIGN_IN, Optional.empty());
        Optional<Question> key = methods.contains(Method.WEBAUTHN)
                ? ask(session, realm, user, Method.WEBAUTHN, occasion)
                        .match(asks -> Optional.of(asks.question()), notNow -> Optional.empty())
                : Optional.empty();
        new Challenges(session)
                .open(
                        owner(),
                        methods,
                        occasion,
                        RealmSettings.of(session, realm).get(Setting.CHALLENGE_TTL),
                        key.map(Question::kept).orElse(""));
        Trail.record(session, realm, events.created(Optional.empty(), occasion.purpose()));
        return Posed.asked(occasion.challengeId(), key.map(Question::shown).orElse(Map.of()));
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
        return send(method, purpose, enrollmentId, (own, known) -> true);
    }

    /**
     * The same, if it is allowed.
     *
     * @param allowed asked in the transaction in which the question is committed
     */
    public Posed send(
            Method method,
            Purpose purpose,
            Optional<String> enrollmentId,
            BiPredicate<KeycloakSession, UserModel> allowed) {
        Occasion occasion = occasion(Challenges.newId(), purpose, enrollmentId);
        Asking asking = OwnTransaction.call(session, own -> keep(own, method, occasion, allowed));
        return asking.match(
                asks -> handedOver(method, occasion, asks.question()),
                // the question before, if there was one, is open still
                notNow -> notSent(method, notNow, last(place, method, purpose).isPresent()));
    }

    /** Whatever may have arrived can be answered; what certainly did not is not open, and the one before it is void. */
    private Posed handedOver(Method method, Occasion occasion, Question question) {
        return question.delivery()
                .map(Question.Delivery::send)
                .orElseGet(Handover.Done::new)
                .match(
                        () -> {
                            remember(method, occasion);
                            return Posed.asked(occasion.challengeId(), question.shown());
                        },
                        unclear -> {
                            remember(method, occasion);
                            failed(method, unclear.reason());
                            return Posed.unclear(occasion.challengeId(), question.shown());
                        },
                        failed -> {
                            place.forget(note(method, occasion.purpose()));
                            OwnTransaction.call(session, own -> {
                                drop(own, occasion);
                                return true;
                            });
                            return notSent(method, failed.problem(), false);
                        });
    }

    private Asking keep(
            KeycloakSession own, Method method, Occasion occasion, BiPredicate<KeycloakSession, UserModel> allowed) {
        RealmModel ownRealm = own.getContext().getRealm();
        if (new Throttle(own).lockedUntil(ownRealm, user.getId()).isPresent()) {
            return new Asking.NotNow("mfaLocked", "locked", Optional.empty());
        }
        UserModel known = Optional.ofNullable(own.users().getUserById(ownRealm, user.getId()))
                .orElseThrow(() -> new MfaUnavailable("the user is not stored yet"));
        if (!allowed.test(own, known)) {
            return new Asking.NotNow("mfaSmsNumberRefused", "not_allowed", Optional.empty());
        }
        Asking asking = ask(own, ownRealm, known, method, occasion.of(place.tenants(own, ownRealm, known)));
        if (asking instanceof Asking.Asks asks) {
            open(own, method, occasion, asks.question());
            Trail.recordHere(own, ownRealm, events.created(Optional.of(method), occasion.purpose()));
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
        if (requested.isPresent()) {
            // what a key signs follows from the transaction, and is not kept
            if (!question.delivery().isPresent() || new Approvals(in).keep(occasion.challengeId(), question.kept())) {
                return;
            }
            throw new MfaUnavailable("the challenge is over");
        }
        Duration ttl = new SecondFactors(in).of(method).orElseThrow().ttl(RealmSettings.of(in, realm));
        new Challenges(in).open(owner(), method, occasion, ttl, question.kept());
    }

    private void drop(KeycloakSession own, Occasion occasion) {
        if (requested.isPresent()) {
            new Approvals(own).keep(occasion.challengeId(), "");
        } else {
            new Challenges(own).drop(occasion.challengeId());
        }
    }

    private Challenges.Owner owner() {
        return new Challenges.Owner(realm.getId(), user.getId(), place.sessionId());
    }

    private Occasion occasion(String id, Purpose purpose, Optional<String> enrollmentId) {
        return new Occasion(
                requested.map(Requested::id).orElse(id),
                purpose,
                enrollmentId,
                ClientAddress.counted(session, realm),
                List.of(),
                requested.map(Requested::transaction));
    }

    private Posed notSent(Method method, Asking.NotNow problem, boolean open) {
        failed(method, problem.reason());
        return Posed.refused(problem, open);
    }

    private void failed(Method method, String reason) {
        OwnTransaction.call(session, own -> {
            Trail.recordHere(own, own.getContext().getRealm(), events.failed(method, reason));
            return true;
        });
    }

    private void remember(Method method, Occasion occasion) {
        place.remember(note(method, occasion.purpose()), occasion.challengeId());
    }

    private static String note(Method method, Purpose purpose) {
        return NOTE + purpose + "." + method;
    }
}
