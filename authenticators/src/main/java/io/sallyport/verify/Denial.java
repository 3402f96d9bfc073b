package io.sallyport.verify;

import io.sallyport.event.MfaEvent;
import io.sallyport.event.Trail;
import java.util.Optional;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;

/**
 * A refusal that puts itself on the record: in each minute the first ones one by one, and then once that there are more. Each
 * kind is counted apart, and so is each who is refused: a flood hides no rows but its own.
 *
 * @param by who is refused
 * @param event what is recorded, told in the transaction of its row
 */
public record Denial(CallRate.Kind kind, CallRate.By by, Function<KeycloakSession, MfaEvent> event) {

    /** Of whoever is refused, whatever the policy says about him. */
    public static Denial of(CallRate.Kind kind, CallRate.By by, MfaEvent event) {
        return new Denial(kind, by, own -> event);
    }

    /** Of a user who is refused himself, by the rule that decides about him. */
    static Denial ruled(CallRate.Kind kind, CallRate.By by, MfaEvent event) {
        return new Denial(kind, by, own -> Ruling.on(own, own.getContext().getRealm(), event));
    }

    /** The same at a place, which may know the rule already. */
    public static Denial at(Place place, CallRate.Kind kind, CallRate.By by, MfaEvent event) {
        return ruled(
                kind,
                by,
                place.ruling()
                        .begun(event.user(by.userId())
                                .client(Optional.of(by.clientId()))
                                .session(by.place())));
    }

    /**
     * Ends the request, of which nothing stays, and records the refusal then: with a connection in hand, or a row, it would
     * wait for those that wait for it.
     *
     * @throws io.sallyport.event.AuditUnavailable if there is no row: then the answer is that we can't do our part
     * @throws MfaUnavailable if there is no connection, likewise
     */
    public Recorded record(KeycloakSession session) {
        return OwnTransaction.instead(session, this::recordHere);
    }

    /** In the current transaction, which is committed whatever the answer says, such as a page's. */
    public Recorded recordHere(KeycloakSession own) {
        return new Recorded(new CallRate(own).record(own.getContext().getRealm(), by, kind, () -> event.apply(own)));
    }

    /** As what it is, however many there were: for a refusal that changes something, so that no row of it may be missing. */
    Recorded recordAlways(KeycloakSession own) {
        Trail.recordHere(own, own.getContext().getRealm(), event.apply(own));
        return Recorded.AS_IT_IS;
    }
}
