package io.sallyport.rest;

import io.sallyport.enroll.EnrollmentRights;
import io.sallyport.enroll.Label;
import io.sallyport.enroll.NewRecoveryCodes;
import io.sallyport.factor.BegunEnrollment;
import io.sallyport.factor.SecondFactors;
import io.sallyport.json.JsonFields;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.verify.Assessments;
import io.sallyport.verify.Vouching;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Begins an enrollment of the caller, which his first right answer will make a factor. */
final class EnrollCall implements Call.Work {

    private static final Set<String> FIELDS = Set.of("method", "external_id", "label", "phone_number");

    private final Caller caller;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    EnrollCall(Caller caller) {
        this.caller = caller;
        this.session = caller.session();
        this.realm = caller.realm();
        this.user = caller.user();
    }

    @Override
    public Map<String, Object> answer(Map<String, Object> request) {
        JsonFields fields = JsonFields.of(request, FIELDS);
        Optional<Method> method = fields.text("method", "a method", Method::named);
        Optional<String> externalId = fields.text("external_id", Fields.PLAIN, Fields::plain);
        Optional<String> label = fields.text("label", Fields.PLAIN, Fields::plain);
        Optional<String> number = fields.text("phone_number", "a phone number", Optional::of);
        if (method.isEmpty() && !fields.has("method")) {
            fields.problem("method", "is missing");
        }
        if (fields.has("phone_number") != method.filter(Method.SMS_OTP::equals).isPresent()) {
            fields.problem("phone_number", fields.has("phone_number") ? "is not for this method" : "is missing");
        }
        fields.refuseProblems();
        boolean first = !new SecondFactors(session).everHeld(realm, user);
        refuse(method.get());
        label.ifPresent(given -> refuse(method.get(), given));
        Begun begun = new Beginning(caller).of(method.get(), number);
        BegunEnrollment.describe(session, begun.id(), externalId, label);
        return view(begun, externalId, first);
    }

    /** The same rights as on the pages. */
    private void refuse(Method method) {
        Refusals refusals = new Refusals(caller);
        refusals.ifLocked();
        refusals.ifTooMany();
        if (!new SecondFactors(session).available(realm).contains(method)) {
            throw Problem.MFA_METHOD_UNAVAILABLE.exception(session, List.of());
        }
        if (new Assessments(session, realm)
                .of(caller.place().visit(session, user))
                .vouched(Vouching.Kind.UNSUPPORTED)) {
            throw Problem.MFA_NOT_SUPPORTED_FOR_SSO.exception(session, List.of());
        }
        EnrollmentRights rights = new EnrollmentRights(session, realm, caller.place(), user);
        if (rights.refused() || rights.needsProof(method)) {
            throw refusals.mfaRequired(Optional.empty());
        }
        if (!rights.granted(method)) {
            throw Problem.MFA_METHOD_UNAVAILABLE.exception(session, List.of());
        }
    }

    private void refuse(Method method, String label) {
        new Label(session, realm, user).problemWith(method, label).ifPresent(problem -> {
            throw problem.equals("mfaLabelTaken")
                    ? Problem.MFA_ALREADY_ACTIVE.exception(session, List.of("$.label: another factor has it"))
                    : Problem.INVALID_REQUEST.exception(session, List.of("$.label: want at most 64 characters"));
        });
    }

    private Map<String, Object> view(Begun begun, Optional<String> externalId, boolean first) {
        BegunEnrollment stored = BegunEnrollment.find(session, realm.getId(), user.getId(), begun.id())
                .orElseThrow(() -> new IllegalStateException("the enrollment is not stored"));
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("enrollment_id", stored.id());
        view.put("method", stored.method().name());
        view.put("status", stored.status().name());
        externalId.ifPresent(id -> view.put("external_id", id));
        view.put("expires_at", stored.expiresAt().toString());
        view.put("secret_or_challenge", begun.secret());
        view.put(
                "recovery_codes", first ? new NewRecoveryCodes(session, realm).forFirst(stored.id(), user) : List.of());
        return view;
    }

    /**
     * An enrollment that was begun.
     *
     * @param secret what the caller needs for its first answer, as JSON
     */
    record Begun(String id, Object secret) {

        @Override
        public String toString() {
            return "Begun[" + id + ", ***]";
        }
    }
}
