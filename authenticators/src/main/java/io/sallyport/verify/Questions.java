package io.sallyport.verify;

import io.sallyport.event.MfaEvent;
import io.sallyport.event.Trail;
import io.sallyport.factor.Asking;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.Occasion;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.Question;
import io.sallyport.factor.SecondFactor;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.provider.ClientAddress;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
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
    private final BiConsumer<KeycloakSession, String> beside;

    /** The questions of one user at one place. */
    public Questions(KeycloakSession session, RealmModel realm, Place place, UserModel user) {
        this(session, realm, place, user, Optional.empty(), (own, id) -> {});
    }

    private Questions(
            KeycloakSession session,
            RealmModel realm,
            Place place,
            UserModel user,
            Optional<Requested> requested,
            BiConsumer<KeycloakSession, String> beside) {
        this.session = session;
        this.realm = realm;
        this.place = place;
        this.user = user;
        this.requested = requested;
        this.beside = beside;
    }

    /** The questions by which the user may give this approval. */
    public Questions about(Requested approval) {
        return new Questions(session, realm, place, user, Optional.of(approval), beside);
    }

    /**
     * The same, with word kept of what is sent.
     *
     * @param kept takes the id of the challenge, in the transaction in which the question is committed
     */
    public Questions beside(BiConsumer<KeycloakSession, String> kept) {
        return new Questions(session, realm, place, user, requested, kept);
    }

    /** Id of the challenge that was posed last; it never leaves the server. */
    public static Optional<String> last(Place place, Method method, Purpose purpose) {
        return place.remembered(note(method, purpose));
    }

    /** Poses what the page itself asks, in the request's transaction. */
    public Posed pose(Method method, Purpose purpose, Optional<String> enrollmentId) {
        Subject subject = subject(purpose, enrollmentId);
        Occasion occasion = occasion(subject);
        return ask(session, realm, user, method, occasion)
                .match(
                        asks -> {
                            subject.keep(session, method, occasion, asks.question());
                            place.remember(note(method, purpose), subject.id());
                            if (requested.isEmpty()) { // who asks for an approval is on the record already
                                Shown.asked(session, realm, place, user.getId())
                                        .record(created(Optional.of(method), purpose));
                            }
                            return Posed.asked(subject.id(), asks.question().shown());
                        },
                        notNow -> Posed.refused(notNow, false));
    }

    /** Poses one challenge that any of these methods answers; none of them is sent. */
    public Posed poseAny(Set<Method> methods) {
        Occasion occasion = occasion(subject(Purpose.SIGN_IN, Optional.empty()));
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
        Trail.record(session, realm, Ruling.on(session, realm, created(Optional.empty(), occasion.purpose())));
        return Posed.asked(occasion.challengeId(), key.map(Question::shown).orElse(Map.of()));
    }

    /**
     * Keeps a challenge that a page of Keycloak's own posed, and its id; call it before any SQL of the request. Its id
     * follows from it, so that it too takes one answer only, on whatever node: the second one finds it used.
     *
     * @param posed the challenge
     * @param kept what its answer is held against
     */
    public String adopt(Method method, String posed, String kept) {
        Subject subject = new Subject.Own(Challenges.idOf(posed), owner(), Purpose.SIGN_IN, Optional.empty());
        Occasion occasion = occasion(subject);
        Question question = new Question(kept, Map.of(), Optional.empty());
        try {
            OwnTransaction.call(session, own -> {
                subject.keep(own, method, occasion, question);
                return true;
            });
        } catch (ModelDuplicateException known) {
            // answered before: the attempt is counted, and finds the challenge used
        }
        return subject.id();
    }

    /**
     * Sends a question: it is committed before it is sent. Like an attempt, it needs a connection of its own: call it before
     * any SQL of the request.
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
        Subject subject = subject(purpose, enrollmentId);
        return messages()
                .send(method, purpose, (own, known) -> Optional.of(subject).filter(any -> allowed.test(own, known)));
    }

    /**
     * The same for an enrollment that begins with it: if nothing may be sent, none was begun.
     *
     * @param begin begins it and returns its id, in the transaction in which the question is committed
     */
    public Posed sendFirst(Method method, BiFunction<KeycloakSession, UserModel, String> begin) {
        return messages()
                .send(
                        method,
                        Purpose.ENROLL,
                        (own, known) -> Optional.of(begin.apply(own, known))
                                .map(id -> subject(Purpose.ENROLL, Optional.of(id))));
    }

    /**
     * The same for an approval that is asked for with it: if nothing may be sent, the one before it stays open.
     *
     * @param propose what is to be approved, in the transaction in which the question is committed
     */
    public Posed sendFor(Method method, BiFunction<KeycloakSession, UserModel, Proposal> propose) {
        return messages()
                .send(
                        method,
                        Purpose.APPROVE,
                        (own, known) -> Optional.of(
                                new Subject.Proposed(Challenges.newId(), propose.apply(own, known), place, known)));
    }

    static Asking ask(KeycloakSession in, RealmModel realm, UserModel user, Method method, Occasion occasion) {
        SecondFactor factor = new SecondFactors(in)
                .verifiable(realm, method)
                .filter(SecondFactor::asks)
                .orElseThrow(() -> new MfaUnavailable("method " + method + " is not available"));
        return factor.ask(realm, user, occasion);
    }

    static String note(Method method, Purpose purpose) {
        return NOTE + purpose + "." + method;
    }

    private MfaEvent created(Optional<Method> method, Purpose purpose) {
        return new QuestionEvents(place, user).created(method, purpose);
    }

    private Messages messages() {
        return new Messages(session, realm, place, user, beside);
    }

    private Subject subject(Purpose purpose, Optional<String> enrollmentId) {
        return requested
                .<Subject>map(Subject.Open::new)
                .orElseGet(() -> new Subject.Own(Challenges.newId(), owner(), purpose, enrollmentId));
    }

    private Challenges.Owner owner() {
        return new Challenges.Owner(realm.getId(), user.getId(), place.sessionId());
    }

    private Occasion occasion(Subject subject) {
        return new Occasion(
                subject.id(),
                subject.purpose(),
                subject.enrollmentId(),
                ClientAddress.counted(session, realm),
                List.of(),
                subject.transaction(),
                session.getContext().resolveLocale(user));
    }
}
