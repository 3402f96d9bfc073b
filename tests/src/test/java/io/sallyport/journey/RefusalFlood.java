package io.sallyport.journey;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * What somebody who is signed in may ask for without end, and is refused each time.
 *
 * @param reason of each row
 * @param rows how many of them one session makes in a minute
 * @param status of what is answered so long
 * @param then of what is answered from then on
 * @param begin prepares a member, and makes his calls by their number
 */
record RefusalFlood(
        String name, String reason, int rows, int status, int then, Function<Member, IntFunction<Reply>> begin) {

    private static final Map<String, Object> PAYMENT = Map.of("amount", 10.5, "currency", "EUR", "payee", "A Ltd");
    private static final String UNKNOWN = "x".repeat(40);

    /** All there are, in a realm whose only actions are payments. */
    static List<RefusalFlood> in(MfaRealm realm, SelfService calls) {
        return List.of(
                new RefusalFlood("Administration without a role", "forbidden", 60, 403, 429, member -> {
                    String token = calls.signIn(member).access();
                    URI audit = realm.address().resolve("/admin/realms/" + realm.name() + "/mfa/audit");
                    return i -> Http.get(audit, Map.of("Authorization", "Bearer " + token));
                }),
                new RefusalFlood("Answers to no challenge", "no_such_challenge", 30, 404, 429, member -> {
                    String token = calls.signIn(member).access();
                    return i -> calls.verify(
                            token, Map.of("method", "TOTP", "code", "123456", "challenge_id", UNKNOWN + (100 + i)));
                }),
                new RefusalFlood("Answers that are none", "malformed", 30, 400, 400, member -> {
                    String token = calls.signIn(member).access();
                    return i -> calls.verify(token, Map.of("method", "TOTP", "code", "x"));
                }),
                new RefusalFlood("Codes while locked", "locked", 30, 429, 429, member -> {
                    String token = calls.signIn(member).access();
                    for (int i = 0; i < 5; i++) {
                        calls.verify(
                                token,
                                Map.of("method", "TOTP", "code", member.phone().wrongCode()));
                    }
                    return i -> calls.verify(token, Map.of("method", "TOTP", "code", "123456"));
                }),
                new RefusalFlood("Actions without an approval", "no_approval", 30, 403, 429, member -> {
                    String token = calls.signIn(member).access();
                    return i -> calls.authorize(token, payment());
                }),
                new RefusalFlood("The last factor, by REST", "last_factor", 30, 409, 429, member -> {
                    String token = calls.signIn(member).access();
                    String path = "auth/mfa/enrollments/" + factor(realm, member);
                    return i -> calls.send("DELETE", token, path, "");
                }),
                new RefusalFlood("The last factor, in the account console", "last_factor", 30, 409, 429, member -> {
                    AccountApi account = AccountApi.of(realm, calls.signIn(member));
                    String factor = factor(realm, member);
                    return i -> account.remove(factor);
                }),
                new RefusalFlood("A factor without a fresh proof", "mfa_required", 30, 403, 429, member -> {
                    String token = calls.signIn(member).access();
                    realm.server()
                            .database()
                            .update(
                                    "UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 3600000 WHERE USER_ID = ?",
                                    member.id());
                    String path = "auth/mfa/enrollments/" + factor(realm, member);
                    return i -> calls.send("DELETE", token, path, "");
                }),
                new RefusalFlood("Tokens for a password alone", "mfa_required", 90, 403, 403, member -> {
                    return i -> realm.backend()
                            .password(member.username(), Member.PASSWORD)
                            .reply();
                }),
                new RefusalFlood("A session that lacks a proof", "mfa_required", 30, 403, 403, member -> {
                    String refresh = calls.signIn(member).refresh().orElseThrow();
                    forgetProofs(realm, member);
                    return i -> calls.client().refresh(refresh).reply();
                }));
    }

    /** As if the rule for the member had changed: his session goes on, and has proved nothing. */
    static void forgetProofs(MfaRealm realm, Member member) {
        realm.server().database().update("DELETE FROM MFA_EVIDENCE WHERE USER_ID = ?", member.id());
    }

    static Map<String, Object> payment() {
        return Map.of("action_type", "approve_payment", "action_details", PAYMENT);
    }

    static String factor(MfaRealm realm, Member member) {
        return realm.admin().get(realm.name() + "/users/" + member.id() + "/credentials").findParents("id").stream()
                .filter(one -> one.path("type").asText().equals("otp"))
                .map(one -> one.path("id").asText())
                .findFirst()
                .orElseThrow();
    }
}
