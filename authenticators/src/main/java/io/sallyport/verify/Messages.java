package io.sallyport.verify;

import io.sallyport.event.Trail;
import io.sallyport.factor.Asking;
import io.sallyport.factor.Handover;
import io.sallyport.factor.Occasion;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.Question;
import io.sallyport.policy.Method;
import io.sallyport.provider.ClientAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Questions that are sent: each is committed before, so that nobody can have what nobody remembers. */
final class Messages {

    private final KeycloakSession session;
    private final Place place;
    private final UserModel user;
    private final Optional<String> address;
    private final Locale locale;
    private final QuestionEvents events;
    private final BiConsumer<KeycloakSession, String> beside;

    Messages(
            KeycloakSession session,
            RealmModel realm,
            Place place,
            UserModel user,
            BiConsumer<KeycloakSession, String> beside) {
        this.session = session;
        this.place = place;
        this.user = user;
        this.address = ClientAddress.counted(session, realm);
        this.locale = session.getContext().resolveLocale(user);
        this.events = new QuestionEvents(place, user);
        this.beside = beside;
    }

    /** What a message is about. */
    interface Begins {

        /**
         * In the transaction in which the question is committed; what this changes is undone if nothing is asked.
         *
         * @return empty if nothing may be sent
         */
        Optional<Subject> subject(KeycloakSession own, UserModel known);
    }

    Posed send(Method method, Purpose purpose, Begins begins) {
        Kept kept = OwnTransaction.call(session, own -> keep(own, method, begins));
        return kept.asking()
                .match(
                        asks -> handedOver(method, kept.subject().orElseThrow(), asks.question()),
                        // the question before, if there was one, is open still
                        notNow -> notSent(
                                method,
                                notNow,
                                Questions.last(place, method, purpose).isPresent()));
    }

    /** Whatever may have arrived can be answered; what certainly did not is not open, and the one before it is void. */
    private Posed handedOver(Method method, Subject subject, Question question) {
        return question.delivery()
                .map(Question.Delivery::send)
                .orElseGet(Handover.Done::new)
                .match(
                        () -> {
                            remember(method, subject);
                            return Posed.asked(subject.id(), question.shown());
                        },
                        unclear -> {
                            remember(method, subject);
                            failed(method, unclear.reason());
                            return Posed.unclear(subject.id(), question.shown());
                        },
                        failed -> {
                            place.forget(Questions.note(method, subject.purpose()));
                            OwnTransaction.call(session, own -> {
                                subject.drop(own);
                                return true;
                            });
                            return notSent(method, failed.problem(), false);
                        });
    }

    private Kept keep(KeycloakSession own, Method method, Begins begins) {
        RealmModel ownRealm = own.getContext().getRealm();
        if (new Throttle(own).lockedUntil(ownRealm, user.getId()).isPresent()) {
            return Kept.not("mfaLocked", "locked");
        }
        UserModel known = Optional.ofNullable(own.users().getUserById(ownRealm, user.getId()))
                .orElseThrow(() -> new MfaUnavailable("the user is not stored yet"));
        Optional<Subject> begun = begins.subject(own, known);
        return begun.map(subject -> keep(own, method, subject, known))
                .orElseGet(() -> Kept.not("mfaSmsNumberRefused", "not_allowed"));
    }

    private Kept keep(KeycloakSession own, Method method, Subject subject, UserModel known) {
        RealmModel ownRealm = own.getContext().getRealm();
        Occasion occasion = new Occasion(
                subject.id(),
                subject.purpose(),
                subject.enrollmentId(),
                address,
                place.tenants(own, ownRealm, known),
                subject.transaction(),
                locale);
        Asking asking = Questions.ask(own, ownRealm, known, method, occasion);
        if (asking instanceof Asking.Asks asks) {
            subject.keep(own, method, occasion, asks.question());
            beside.accept(own, subject.id());
            Trail.recordHere(
                    own, ownRealm, Ruling.on(own, ownRealm, events.created(Optional.of(method), subject.purpose())));
        } else {
            own.getTransactionManager().setRollbackOnly();
        }
        return new Kept(asking, Optional.of(subject));
    }

    private Posed notSent(Method method, Asking.NotNow problem, boolean open) {
        failed(method, problem.reason());
        return Posed.refused(problem, open);
    }

    private void failed(Method method, String reason) {
        CallRate.By by = new CallRate.By(events.userId(), events.clientId(), events.sessionId(), Optional.empty());
        Denial denial = Denial.ruled(CallRate.Kind.REFUSED_MESSAGE, by, events.failed(method, reason));
        OwnTransaction.call(session, denial::recordHere);
    }

    private void remember(Method method, Subject subject) {
        place.remember(Questions.note(method, subject.purpose()), subject.id());
    }

    /** What was committed. */
    private record Kept(Asking asking, Optional<Subject> subject) {

        static Kept not(String message, String reason) {
            return new Kept(new Asking.NotNow(message, reason, Optional.empty()), Optional.empty());
        }
    }
}
