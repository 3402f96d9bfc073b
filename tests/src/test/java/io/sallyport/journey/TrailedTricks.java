package io.sallyport.journey;

import static io.sallyport.event.MfaEventType.FAILED;
import static io.sallyport.event.MfaEventType.SKIPPED;
import static io.sallyport.event.MfaEventType.TOKEN_REFUSED;
import static io.sallyport.journey.Operation.failure;
import static io.sallyport.journey.Operation.success;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is tried twice, by a detour, or with somebody else's word for it. */
record TrailedTricks(TrailRealm place) {

    private static final Map<String, String> ESSENTIAL =
            Map.of("claims", "{\"id_token\":{\"acr\":{\"essential\":true,\"values\":[\"mfa\"]}}}");

    List<Operation> all() {
        return List.of(
                Operation.of(
                        "SMS, replayed",
                        traced -> {
                            Member member = place.member();
                            String token = place.calls().signIn(member).access();
                            SmsPhone phone = numberOf(token);
                            Map<String, Object> answer = Map.of(
                                    "method",
                                    "SMS_OTP",
                                    "challenge_id",
                                    asked(token, "SMS_OTP").path("challenge_id").asText(),
                                    "code",
                                    phone.code());
                            place.calls().verify(token, answer).expect(200);
                            traced.call("POST", token, "verify", answer).expect(409, 410);
                            return member.id();
                        },
                        failure(FAILED, "SMS_OTP", "replay").byRule()),
                Operation.of(
                        "A key, replayed",
                        traced -> {
                            SecurityKey key = SecurityKey.at(place.origin()).countedTo(11);
                            Member member = place.joined(place.realm().enrolledWith(key));
                            String token = place.calls().signIn(member).access();
                            JsonNode asked = asked(token, "WEBAUTHN");
                            Map<String, Object> answer = Map.of(
                                    "method",
                                    "WEBAUTHN",
                                    "challenge_id",
                                    asked.path("challenge_id").asText(),
                                    "credential",
                                    Json.read(key.get(asked.path("webauthn"))));
                            place.calls().verify(token, answer).expect(200);
                            traced.call("POST", token, "verify", answer).expect(409, 410);
                            return member.id();
                        },
                        failure(FAILED, "WEBAUTHN", "replay").byRule()),
                Operation.of(
                        "Skipped: the word of a provider",
                        traced -> {
                            Upstream upstream = place.upstream("corp");
                            SettingsApi.of(place.realm())
                                    .change(Map.of("mfa.sso.trusted-providers", "corp"))
                                    .expect(200);
                            Member here = upstream.realm().enrolled();
                            Member guest = place.joined(upstream.guest(place.realm(), "corp", here, List.of()));
                            come(traced, upstream, "corp", here).as(Arrived.class);
                            return guest.id();
                        },
                        success(SKIPPED, "", "exempt_by_provider").byRule()),
                Operation.of(
                        "Downgrade: the word of a provider that is not trusted",
                        traced -> {
                            Upstream upstream = place.upstream("partner");
                            Member here = upstream.realm().enrolled();
                            Member guest = place.joined(upstream.guest(place.realm(), "partner", here, List.of()));
                            come(traced, upstream, "partner", here).as(ErrorPage.class);
                            return guest.id();
                        },
                        failure(TOKEN_REFUSED, "", "mfa_not_supported_for_sso").byRule()),
                Operation.of(
                        "Downgrade: an application that takes nothing but MFA, and somebody who has none",
                        traced -> {
                            Member member = place.member();
                            place.realm().signIn(new Browser(), member);
                            Policies.of(place.realm()).except(member);
                            place.realm()
                                    .admin()
                                    .delete(place.realm().name() + "/users/" + member.id() + "/credentials/"
                                            + place.credential(member, "otp"))
                                    .expect(204);
                            traced.password(place.realm().web().signIn(ESSENTIAL), member)
                                    .as(Arrived.class);
                            return member.id();
                        },
                        success(SKIPPED, "", "exempt_by_rule").byRule(),
                        failure(TOKEN_REFUSED, "", "unmet_acr").byRule()),
                Operation.of(
                        "Denied: a policy that nobody can meet",
                        traced -> {
                            Member member = place.member();
                            deny(member);
                            traced.password(place.realm().web().signIn(), member)
                                    .as(ErrorPage.class);
                            return member.id();
                        },
                        failure(TOKEN_REFUSED, "", "denied_by_policy").byRule()));
    }

    private static Page come(Traced traced, Upstream upstream, String alias, Member here) {
        SignIn signIn = traced.realm().web().signIn(Map.of("kc_idp_hint", alias));
        return upstream.come(traced.browser(), signIn, here);
    }

    private JsonNode asked(String token, String method) {
        return place.calls()
                .challenge(token, Map.of("action_type", "sign_in", "method", method))
                .expect(200)
                .json();
    }

    /** A number beside what the user of this session has. */
    private SmsPhone numberOf(String token) {
        SmsPhone phone = SmsPhone.fresh(place.twilio(), place.keycloak());
        JsonNode begun = place.calls()
                .call(token, "auth/mfa/enroll", Map.of("method", "SMS_OTP", "phone_number", phone.number()))
                .expect(200)
                .json();
        place.calls()
                .verify(
                        token,
                        Map.of(
                                "method",
                                "SMS_OTP",
                                "enrollment_id",
                                begun.path("enrollment_id").asText(),
                                "code",
                                phone.code()))
                .expect(200);
        phone.letPass(Duration.ofSeconds(31));
        return phone;
    }

    /** By two groups that take nothing in common. */
    private void deny(Member member) {
        Structure structure = new Structure(place.realm());
        for (String method : List.of("TOTP", "WEBAUTHN")) {
            String name = "only " + method;
            structure.join(member, structure.group(name));
            Policies.of(place.realm())
                    .create(Map.of("required", true, "methods", List.of(method), "scope", Map.of("group", "/" + name)))
                    .expect(201);
        }
    }
}
