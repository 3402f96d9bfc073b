package io.sallyport.journey;

import static io.sallyport.event.MfaEventType.ACTIVATED;
import static io.sallyport.event.MfaEventType.APPROVAL_SPENT;
import static io.sallyport.event.MfaEventType.CHALLENGE_CREATED;
import static io.sallyport.event.MfaEventType.DEACTIVATED;
import static io.sallyport.event.MfaEventType.DEVICE_ENDED;
import static io.sallyport.event.MfaEventType.ENROLLMENT_STARTED;
import static io.sallyport.event.MfaEventType.FAILED;
import static io.sallyport.event.MfaEventType.RECOVERY_RESET;
import static io.sallyport.event.MfaEventType.TOKEN_REFUSED;
import static io.sallyport.event.MfaEventType.VERIFIED;
import static io.sallyport.journey.Operation.failure;
import static io.sallyport.journey.Operation.success;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What applications do for their users by REST. */
record TrailedCalls(TrailRealm place) {

    private static final Map<String, Object> PAYMENT = Map.of("amount", 10.5, "currency", "EUR", "payee", "A Ltd");
    private static final Map<String, Object> ANOTHER = Map.of("amount", 11, "currency", "EUR", "payee", "A Ltd");

    List<Operation> all() {
        return List.of(
                Operation.of(
                        "An enrollment by REST, begun and proved",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            JsonNode begun = traced.call(
                                            "POST", token, "enroll", Map.of("method", "TOTP", "label", "2"))
                                    .expect(200)
                                    .json();
                            traced.call(
                                            "POST",
                                            token,
                                            "verify",
                                            Map.of(
                                                    "method", "TOTP",
                                                    "enrollment_id",
                                                            begun.path("enrollment_id")
                                                                    .asText(),
                                                    "code",
                                                            Phone.with(begun.path("secret_or_challenge")
                                                                            .path("secret")
                                                                            .asText())
                                                                    .nextCode()))
                                    .expect(200);
                            return member.id();
                        },
                        success(ENROLLMENT_STARTED, "TOTP", "").byRule(),
                        success(VERIFIED, "TOTP", "").byRule(),
                        success(ACTIVATED, "TOTP", "").byRule()),
                Operation.of(
                        "An enrollment by REST, given up",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            JsonNode begun = place.calls()
                                    .call(token, "auth/mfa/enroll", Map.of("method", "TOTP", "label", "2"))
                                    .expect(200)
                                    .json();
                            traced.call(
                                            "DELETE",
                                            token,
                                            "enrollments/"
                                                    + begun.path("enrollment_id")
                                                            .asText(),
                                            Map.of())
                                    .expect(204);
                            return member.id();
                        },
                        success(DEACTIVATED, "TOTP", "")),
                Operation.of(
                        "A factor that its user removes",
                        traced -> {
                            Member member = place.memberWithTwo();
                            String token = place.calls().signIn(member).access();
                            traced.call("DELETE", token, factor(member), Map.of())
                                    .expect(204);
                            return member.id();
                        },
                        success(DEACTIVATED, "TOTP", "")),
                Operation.of(
                        "Refused: a factor that is removed without a fresh proof",
                        traced -> {
                            Member member = place.memberWithTwo();
                            String token = place.calls().signIn(member).access();
                            place.age(member);
                            traced.call("DELETE", token, factor(member), Map.of())
                                    .expect(403);
                            return member.id();
                        },
                        failure(FAILED, "", "mfa_required").byRule()),
                Operation.of(
                        "Refused: a key that is removed by the proof of a weaker factor",
                        traced -> {
                            Member member = place.joined(place.realm().enrolledWith(SecurityKey.at(place.origin())));
                            String token = place.calls().signIn(member).access();
                            String key = place.credential(member, "webauthn");
                            traced.call("DELETE", token, "enrollments/" + key, Map.of())
                                    .expect(403);
                            return member.id();
                        },
                        failure(FAILED, "", "mfa_required").byRule()),
                Operation.of(
                        "Refused: the last factor",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            traced.call("DELETE", token, factor(member), Map.of())
                                    .expect(409);
                            return member.id();
                        },
                        failure(FAILED, "", "last_factor").byRule()),
                Operation.of(
                        "Refused: a factor that is removed in the account console without a fresh proof",
                        traced -> {
                            Member member = place.memberWithTwo();
                            Tokens tokens = place.realm().signIn(new Browser(), member);
                            place.age(member);
                            traced.account("DELETE", tokens, "credentials/" + place.credential(member, "otp"))
                                    .expect(403);
                            return member.id();
                        },
                        failure(FAILED, "", "mfa_required").byRule()),
                Operation.of(
                        "Refused: a new factor without a fresh proof",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            place.age(member);
                            traced.call("POST", token, "enroll", Map.of("method", "TOTP", "label", "2"))
                                    .expect(403);
                            return member.id();
                        },
                        failure(FAILED, "", "mfa_required").byRule()),
                Operation.of(
                        "Refused: new recovery codes without a fresh proof",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            place.age(member);
                            traced.call("POST", token, "recovery-codes", Map.of())
                                    .expect(403);
                            return member.id();
                        },
                        failure(FAILED, "", "mfa_required").byRule()),
                Operation.of(
                        "New recovery codes",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            traced.call("POST", token, "recovery-codes", Map.of())
                                    .expect(200);
                            return member.id();
                        },
                        success(RECOVERY_RESET, "RECOVERY_CODE", "")),
                Operation.of(
                        "A sign-in code by REST",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            traced.call(
                                            "POST",
                                            token,
                                            "verify",
                                            Map.of(
                                                    "method",
                                                    "TOTP",
                                                    "code",
                                                    member.phone().nextCode()))
                                    .expect(200);
                            return member.id();
                        },
                        success(VERIFIED, "TOTP", "").byRule()),
                Operation.of(
                        "A wrong code by REST",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            traced.call(
                                            "POST",
                                            token,
                                            "verify",
                                            Map.of(
                                                    "method",
                                                    "TOTP",
                                                    "code",
                                                    member.phone().wrongCode()))
                                    .expect(401);
                            return member.id();
                        },
                        failure(FAILED, "TOTP", "wrong_code").byRule()),
                Operation.of(
                        "A challenge to sign in by REST",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            traced.call("POST", token, "challenge", Map.of("action_type", "sign_in"))
                                    .expect(200);
                            return member.id();
                        },
                        success(CHALLENGE_CREATED, "", "sign_in").byRule()),
                Operation.of(
                        "An approval that is asked for and given",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            JsonNode asked = traced.call(
                                            "POST",
                                            token,
                                            "challenge",
                                            Map.of("action_type", "approve_payment", "action_details", PAYMENT))
                                    .expect(200)
                                    .json();
                            traced.call(
                                            "POST",
                                            token,
                                            "verify",
                                            Map.of(
                                                    "method", "TOTP",
                                                    "code", member.phone().nextCode(),
                                                    "challenge_id",
                                                            asked.path("challenge_id")
                                                                    .asText()))
                                    .expect(200);
                            return member.id();
                        },
                        success(CHALLENGE_CREATED, "", "asked").byRule(),
                        success(VERIFIED, "TOTP", "").byRule()),
                Operation.of(
                        "An approval that is spent",
                        traced -> {
                            Member member = place.member();
                            String token = approved(member);
                            traced.call(
                                            "POST",
                                            token,
                                            "authorize",
                                            Map.of("action_type", "approve_payment", "action_details", PAYMENT))
                                    .expect(200);
                            return member.id();
                        },
                        success(APPROVAL_SPENT, "", "authorized")),
                Operation.of(
                        "An approval that is stretched",
                        traced -> {
                            Member member = place.member();
                            String token = approved(member);
                            traced.call(
                                            "POST",
                                            token,
                                            "authorize",
                                            Map.of("action_type", "approve_payment", "action_details", ANOTHER))
                                    .expect(403);
                            return member.id();
                        },
                        failure(FAILED, "", "approval_mismatch")),
                Operation.of(
                        "Downgrade: an action without an approval",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            traced.call(
                                            "POST",
                                            token,
                                            "authorize",
                                            Map.of("action_type", "approve_payment", "action_details", PAYMENT))
                                    .expect(403);
                            return member.id();
                        },
                        failure(FAILED, "", "no_approval")),
                Operation.of(
                        "An mfa_token and a code",
                        traced -> {
                            Member member = place.member();
                            traced.call(
                                            "POST",
                                            mfaToken(member),
                                            "verify",
                                            Map.of(
                                                    "method",
                                                    "TOTP",
                                                    "code",
                                                    member.phone().nextCode(),
                                                    "client_id",
                                                    "shop"))
                                    .expect(200);
                            return member.id();
                        },
                        success(VERIFIED, "TOTP", "").byRule()),
                Operation.of(
                        "An mfa_token, replayed",
                        traced -> {
                            Member member = place.member();
                            String token = mfaToken(member);
                            place.calls()
                                    .verify(
                                            token,
                                            Map.of(
                                                    "method",
                                                    "TOTP",
                                                    "code",
                                                    member.phone().nextCode(),
                                                    "client_id",
                                                    "shop"))
                                    .expect(200);
                            traced.call(
                                            "POST",
                                            token,
                                            "verify",
                                            Map.of(
                                                    "method",
                                                    "TOTP",
                                                    "code",
                                                    member.phone().nextCode(),
                                                    "client_id",
                                                    "shop"))
                                    .expect(401);
                            return member.id();
                        },
                        failure(TOKEN_REFUSED, "", "mfa_token_spent")),
                Operation.of(
                        "Browsers that their user trusts no more",
                        traced -> {
                            Member member = place.member();
                            place.trust(new Browser(), member);
                            place.trust(new Browser(), member);
                            SignIn devices = place.realm().web().signIn(Map.of("kc_action", "mfa-devices"));
                            traced.password(devices, member)
                                    .as(ChallengePage.class)
                                    .answer(member.phone().nextCode())
                                    .as(OtherPage.class)
                                    .html()
                                    .submit("end-all", Map.of("end-all", "true"));
                            return member.id();
                        },
                        success(VERIFIED, "TOTP", "").byRule(),
                        success(DEVICE_ENDED, "", "")),
                Operation.of(
                        "More calls than anybody needs",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            for (int i = 0; i < 30; i++) {
                                place.calls()
                                        .challenge(token, Map.of("action_type", "sign_in"))
                                        .expect(200);
                            }
                            traced.call("POST", token, "challenge", Map.of("action_type", "sign_in"))
                                    .expect(429);
                            traced.call("POST", token, "challenge", Map.of("action_type", "sign_in"))
                                    .expect(429);
                            return member.id();
                        },
                        failure(FAILED, "", "too_many_calls").byRule()));
    }

    private String factor(Member member) {
        return "enrollments/" + place.credential(member, "otp");
    }

    private String approved(Member member) {
        return place.calls()
                .approve(place.calls().signIn(member), member, PAYMENT)
                .path("access_token")
                .asText();
    }

    private String mfaToken(Member member) {
        return place.realm()
                .shop()
                .password(member.username(), Member.PASSWORD)
                .reply()
                .json()
                .path("mfa_token")
                .asText();
    }
}
