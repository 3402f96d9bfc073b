package io.sallyport.rest;

import io.sallyport.enroll.EnrollmentRights;
import io.sallyport.enroll.NewRecoveryCodes;
import io.sallyport.factor.BegunEnrollment;
import io.sallyport.factor.Label;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Status;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.rest.Beginning.Begun;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.OwnTransaction;
import io.sallyport.verify.Posed;
import io.sallyport.verify.Questions;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.Vouching;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** An enrollment begins; who asks for it again is told the same once more, with recovery codes that replace the first. */
final class Enrolling implements Effect {

    private static final String ID = "enrollment_id";

    private final Caller caller;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final Wanted wanted;

    Enrolling(Caller caller, Wanted wanted) {
        this.caller = caller;
        this.session = caller.session();
        this.realm = caller.realm();
        this.user = caller.user();
        this.wanted = wanted;
    }

    @Override
    public Map<String, Object> act(Memory memory) {
        // two first rows at once would spoil the request, but not a transaction of its own
        OwnTransaction.call(session, own -> {
            new Throttle(own).queue(own.getContext().getRealm(), user.getId());
            return true;
        });
        return wanted.method() == Method.SMS_OTP ? sent(memory) : begun(memory);
    }

    private Map<String, Object> begun(Memory memory) {
        boolean first = first();
        refuse();
        wanted.label().ifPresent(this::refuse);
        Begun begun = new Beginning(caller).of(wanted.method(), wanted.number());
        BegunEnrollment.describe(session, begun.id(), wanted.externalId(), wanted.label());
        BegunEnrollment stored =
                stored(begun.id()).orElseThrow(() -> new IllegalStateException("the enrollment is not stored"));
        memory.keep(session, begun.id());
        return view(stored, begun, first);
    }

    /** All of it is committed before the message leaves, or nothing if none may be sent. */
    private Map<String, Object> sent(Memory memory) {
        Map<String, Object> view = new LinkedHashMap<>();
        Posed posed = new Questions(session, realm, caller.place(), user).sendFirst(wanted.method(), (own, known) -> {
            view.clear();
            view.putAll(new Enrolling(caller.in(own), wanted).begun(memory));
            return String.valueOf(view.get(ID));
        });
        posed.problem().ifPresent(notNow -> {
            memory.forget();
            throw new Refusals(caller).notNow(notNow);
        });
        // with the end of the challenge, as it is stored
        new Beginning(caller)
                .again(wanted.method(), String.valueOf(view.get(ID)))
                .ifPresent(begun -> view.put("secret_or_challenge", begun.secret()));
        return view;
    }

    /** The rights are asked again: they may have been lost since. */
    @Override
    public Map<String, Object> again(String id) {
        boolean first = first();
        Optional<BegunEnrollment> stored = stored(id);
        if (stored.filter(known -> known.status() == Status.ACTIVE).isPresent()) {
            throw Problem.MFA_ALREADY_ACTIVE.exception(session, List.of());
        }
        refuse();
        return stored.filter(known -> !known.isOver())
                .flatMap(known ->
                        new Beginning(caller).again(wanted.method(), id).map(begun -> view(known, begun, first)))
                .orElseThrow(() -> Problem.MFA_CHALLENGE_EXPIRED.exception(session, List.of()));
    }

    /** In a row with whatever else changes his factors: two at once would both leave their codes. */
    private boolean first() {
        new Throttle(session).queue(realm, user.getId());
        return !new SecondFactors(session).everHeld(realm, user);
    }

    private Optional<BegunEnrollment> stored(String id) {
        return BegunEnrollment.find(session, realm.getId(), user.getId(), id);
    }

    /** The same rights as on the pages. */
    private void refuse() {
        Refusals refusals = new Refusals(caller);
        refusals.ifLocked();
        if (!new SecondFactors(session).available(realm).contains(wanted.method())) {
            throw Problem.MFA_METHOD_UNAVAILABLE.exception(session, List.of());
        }
        if (new Assessments(session, realm)
                .of(caller.place().visit(session, user))
                .vouched(Vouching.Kind.UNSUPPORTED)) {
            throw Problem.MFA_NOT_SUPPORTED_FOR_SSO.exception(session, List.of());
        }
        EnrollmentRights rights = new EnrollmentRights(session, realm, caller.place(), user);
        if (rights.refused() || rights.needsProof(wanted.method())) {
            throw refusals.unproved();
        }
        if (!rights.granted(wanted.method())) {
            throw Problem.MFA_METHOD_UNAVAILABLE.exception(session, List.of());
        }
    }

    private void refuse(String label) {
        new Label(session, realm, user).problemWith(wanted.method(), label).ifPresent(problem -> {
            throw problem.equals(Label.TAKEN)
                    ? Problem.MFA_ALREADY_ACTIVE.exception(session, List.of("$.label: another factor has it"))
                    : Problem.INVALID_REQUEST.exception(
                            session, List.of("$.label: want at most 64 characters, and some that can be seen"));
        });
    }

    private Map<String, Object> view(BegunEnrollment stored, Begun begun, boolean first) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(ID, stored.id());
        view.put("method", stored.method().name());
        view.put("status", stored.status().name());
        wanted.externalId().ifPresent(id -> view.put("external_id", id));
        view.put("expires_at", stored.expiresAt().toString());
        view.put("secret_or_challenge", begun.secret());
        view.put(
                "recovery_codes", first ? new NewRecoveryCodes(session, realm).forFirst(stored.id(), user) : List.of());
        return view;
    }

    /**
     * What is asked for.
     *
     * @param label what the user wants it to be called; absent if he did not say
     * @param number his phone number; absent for other methods
     */
    record Wanted(Method method, Optional<String> externalId, Optional<String> label, Optional<String> number) {

        @Override
        public String toString() {
            return "Wanted[" + method + "]";
        }
    }
}
