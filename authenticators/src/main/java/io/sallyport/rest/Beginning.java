package io.sallyport.rest;

import io.sallyport.enroll.EnrollmentStart;
import io.sallyport.enroll.KeyUri;
import io.sallyport.factor.Challenge;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.OwnNumbers;
import io.sallyport.factor.PendingKey;
import io.sallyport.factor.PendingTotp;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.sms.NumberRules;
import io.sallyport.factor.sms.PhoneNumber;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Settings;
import io.sallyport.verify.Posed;
import io.sallyport.verify.Questions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** What each method gives to whoever begins its enrollment: a secret, options for the browser, or word of a message. */
final class Beginning {

    private final Caller caller;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    Beginning(Caller caller) {
        this.caller = caller;
        this.session = caller.session();
        this.realm = caller.realm();
        this.user = caller.user();
    }

    Begun of(Method method, Optional<String> number) {
        return switch (method) {
            case TOTP -> totp();
            case WEBAUTHN -> key();
            case SMS_OTP -> sms(number.orElseThrow());
            case RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE ->
                throw new IllegalArgumentException(method + " is not enrolled by itself");
        };
    }

    /** What was given for an enrollment that waits for its first answer; empty if it can't be answered any more. */
    Optional<Begun> again(Method method, String id) {
        return switch (method) {
            case TOTP -> PendingTotp.find(session, realm, user, id).map(this::told);
            case WEBAUTHN ->
                open(id).flatMap(open -> shown(open, method, "options"))
                        .map(options -> new Begun(id, Fields.tree(options)));
            case SMS_OTP ->
                open(id).flatMap(open -> shown(open, method, "destination")
                        .map(to -> new Begun(
                                id,
                                Map.of(
                                        "destination",
                                        to,
                                        "expires_at",
                                        open.expiresAt().toString()))));
            case RECOVERY_CODE, TEMPORARY_PASS, EMAIL_CODE -> Optional.empty();
        };
    }

    private Optional<Challenge> open(String enrollmentId) {
        Challenges challenges = new Challenges(session);
        return challenges.asked(enrollmentId, caller.owner()).flatMap(id -> challenges.pending(id, caller.owner()));
    }

    private Optional<String> shown(Challenge open, Method method, String what) {
        return new SecondFactors(session)
                .of(method)
                .flatMap(factor ->
                        Optional.ofNullable(factor.shown(realm, user, open).get(what)))
                .map(String::valueOf);
    }

    private Begun totp() {
        return told(start().totp());
    }

    private Begun told(PendingTotp pending) {
        KeyUri uri = new KeyUri(realm, user, pending);
        return new Begun(
                pending.id(), Map.of("secret", pending.base32(), "otpauth_uri", uri.text(), "qr_png", uri.qrPng()));
    }

    private Begun key() {
        PendingKey pending = start().key(WebAuthnCredentialModel.TYPE_TWOFACTOR);
        Posed posed = new Questions(session, realm, caller.place(), user)
                .pose(Method.WEBAUTHN, Purpose.ENROLL, Optional.of(pending.id()));
        posed.problem().ifPresent(notNow -> {
            throw new Refusals(caller).notNow(notNow);
        });
        return new Begun(pending.id(), Fields.tree(String.valueOf(posed.shown().get("options"))));
    }

    private Begun sms(String typed) {
        Settings settings = RealmSettings.of(session, realm);
        PhoneNumber number = NumberRules.from(settings).parse(typed).match(accepted -> accepted.number(), refused -> {
            throw start().refused(refused.why())
                    .record(session)
                    .answer(
                            session,
                            () -> Problem.INVALID_REQUEST.exception(
                                    session, List.of("$.phone_number: want a mobile number of an allowed country")));
        });
        if (new OwnNumbers(realm, user).has(number)) {
            throw Problem.MFA_ALREADY_ACTIVE.exception(session, List.of());
        }
        String id = start().sms(number).id();
        return new Begun(id, Map.of("destination", number.masked()));
    }

    private EnrollmentStart start() {
        return EnrollmentStart.byCall(session, realm, user, caller.place());
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
