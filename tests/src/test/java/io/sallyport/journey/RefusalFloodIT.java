package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** API-10, AUD-02: whoever is refused as fast as he can ask fills neither the trail nor the outbox, and hides nobody else. */
@Journey
final class RefusalFloodIT {

    private static final int FLOOD = 200;
    private static final String TOO_MANY = "too_many_refusals";
    private static final String REFUSALS = "EVENT_TYPE IN ('auth.mfa_failed', 'auth.mfa_token_refused')";

    private final Receiver receiver = new Receiver();
    private final MfaRealm realm;
    private final String realmId;
    private final Database database;
    private final SelfService calls;

    RefusalFloodIT(PostgresServer server) {
        receiver.answers(call -> 503); // what is to be told stays in the outbox
        this.realm = MfaRealm.setUp(
                server.keycloak(),
                Map.of("mfa.events.webhook.url", receiver.address().toString()),
                SelfService.policy(Rules.FOR_ALL, List.of(SelfService.PAYMENT)));
        this.realmId = realm.admin().get(realm.name()).path("id").asText();
        this.database = server.keycloak().database();
        this.calls = SelfService.of(realm);
    }

    @AfterAll
    void nobodyIsToldAnyMore() {
        SettingsApi.of(realm).change(Map.of("mfa.events.webhook.url", "")).expect(200);
        receiver.close();
    }

    @TestFactory
    @DisplayName("API-10: so many refusals of a minute are rows, one more says that there are more")
    Stream<DynamicTest> floods() {
        return RefusalFlood.in(realm, calls).stream()
                .map(flood -> DynamicTest.dynamicTest(flood.name(), () -> endures(flood)));
    }

    private void endures(RefusalFlood flood) {
        Member thief = realm.enrolled();
        IntFunction<Reply> call = flood.begin().apply(thief);
        int rows = rows().size();
        int told = outbox();

        List<Reply> replies = new ArrayList<>(List.of(call.apply(0)));
        holdTheMinute(thief);
        for (int i = 1; i < FLOOD; i++) {
            replies.add(call.apply(i));
        }

        List<String> reasons = new ArrayList<>(Collections.nCopies(flood.rows(), flood.reason()));
        reasons.add(TOO_MANY);
        assertThat(rows().subList(rows, rows().size())).containsExactlyInAnyOrderElementsOf(reasons);
        assertThat(outbox() - told).isEqualTo(flood.rows() + 1);
        assertThat(replies.subList(0, flood.rows())).allSatisfy(reply -> answered(reply, flood.status()));
        assertThat(replies.subList(flood.rows(), FLOOD)).allSatisfy(reply -> answered(reply, flood.then()));
        if (flood.then() != flood.status()) {
            assertThat(replies.get(FLOOD - 1).json().path("error").asText()).isEqualTo("RATE_LIMITED");
        }
        assertNobodyElseIsAffected(flood);
        passTheMinute(thief);
        answered(call.apply(FLOOD), flood.status());
        assertThat(rows()).last().isEqualTo(flood.reason());
    }

    private static void answered(Reply reply, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        if (status == 429) {
            assertThat(Integer.parseInt(reply.header("Retry-After").orElseThrow()))
                    .isPositive();
        }
    }

    private void assertNobodyElseIsAffected(RefusalFlood flood) {
        Member other = realm.enrolled();
        assertMfa(realm.signIn(new Browser(), other).claims());
        answered(flood.begin().apply(other).apply(0), flood.status());
        assertThat(rows()).last().isEqualTo(flood.reason());
    }

    @Test
    @DisplayName("AUD-02: a flood of one kind hides none of another, and who floods gets what he has a right to")
    void otherKindsAreOnTheRecord() {
        Member member = realm.enrolled();
        Tokens session = calls.signIn(member);
        calls.authorize(session.access(), RefusalFlood.payment()).expect(403);
        spendTheMinute(member);
        calls.authorize(session.access(), RefusalFlood.payment()).expect(429);

        calls.send("DELETE", session.access(), "auth/mfa/enrollments/" + RefusalFlood.factor(realm, member), "")
                .expect(409);
        String approved = calls.approve(session, member, Map.of("amount", 10.5, "currency", "EUR", "payee", "A Ltd"))
                .path("access_token")
                .asText();
        calls.authorize(approved, RefusalFlood.payment()).expect(200);

        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .containsExactly("no_approval", TOO_MANY, "last_factor");
    }

    @Test
    @DisplayName(
            "SU-02: an approval that is stretched is void and on the record, however often somebody was refused before")
    void aStretchedApprovalIsVoid() {
        Member member = realm.enrolled();
        Tokens session = calls.signIn(member);
        calls.authorize(session.access(), RefusalFlood.payment()).expect(403);
        spendTheMinute(member);
        String approved = calls.approve(session, member, Map.of("amount", 10.5, "currency", "EUR", "payee", "A Ltd"))
                .path("access_token")
                .asText();

        calls.authorize(
                        approved,
                        Map.of(
                                "action_type",
                                "approve_payment",
                                "action_details",
                                Map.of("amount", 11.5, "currency", "EUR", "payee", "A Ltd")))
                .expect(403);

        calls.authorize(approved, RefusalFlood.payment()).expect(429);
        passTheMinute(member);
        calls.authorize(approved, RefusalFlood.payment()).expect(403);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .containsExactly("no_approval", "approval_mismatch", TOO_MANY, "no_approval");
    }

    @Test
    @DisplayName("LOCK-01: answers that are none, however many, hide no failure: five wrong codes lock")
    void failuresAreCountedAllTheSame() {
        Member member = realm.enrolled();
        String token = calls.signIn(member).access();
        calls.verify(token, Map.of("method", "TOTP", "code", "x")).expect(400);
        spendTheMinute(member);
        calls.verify(token, Map.of("method", "TOTP", "code", "x")).expect(400);

        for (int i = 0; i < 5; i++) {
            calls.verify(token, Map.of("method", "TOTP", "code", member.phone().wrongCode()))
                    .expect(i < 4 ? 401 : 429);
        }

        assertThat(realm.audit().of(member.id()))
                .filteredOn(row -> row.outcome().equals("FAILURE"))
                .extracting(Audit.Row::reason)
                .containsExactlyInAnyOrder(
                        "malformed",
                        TOO_MANY,
                        "wrong_code",
                        "wrong_code",
                        "wrong_code",
                        "wrong_code",
                        "wrong_code",
                        "too_many_failures");
    }

    @Test
    @DisplayName("RFC 6749 §5.2: the token endpoint answers what it always does, however often somebody is refused")
    void theTokenEndpointAnswersTheSame() {
        Member member = realm.enrolled();
        TokenReply first = realm.backend().password(member.username(), Member.PASSWORD);
        spendTheMinute(member);

        for (TokenReply reply : List.of(
                first,
                realm.backend().password(member.username(), Member.PASSWORD),
                realm.backend().password(member.username(), Member.PASSWORD))) {
            assertThat(reply.status()).as(reply.describe()).isEqualTo(403);
            assertThat(reply.error()).isEqualTo("mfa_required");
            assertThat(reply.reply().json().path("mfa_token").asText()).hasSize(43);
        }
        for (int i = 0; i < 5; i++) {
            realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }
        TokenReply locked = realm.backend().password(member.username(), Member.PASSWORD);
        assertThat(locked.status()).as(locked.describe()).isEqualTo(400);
        assertThat(locked.error()).isEqualTo("invalid_grant");
        assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused"))
                .extracting(Audit.Row::reason)
                .containsExactly("mfa_required", TOO_MANY);
    }

    /** The minute that has just begun lasts as long as the journey. */
    private void holdTheMinute(Member member) {
        database.update("UPDATE MFA_CALL_SHARE SET BEGAN_AT = BEGAN_AT + 600000 WHERE USER_ID = ?", member.id());
    }

    /** As if all refusals of a minute that has just begun were there, and more. */
    private void spendTheMinute(Member member) {
        database.update(
                "UPDATE MFA_CALL_SHARE SET MADE = 1000, BEGAN_AT = BEGAN_AT + 600000 WHERE USER_ID = ?", member.id());
    }

    private void passTheMinute(Member member) {
        database.update("UPDATE MFA_CALL_SHARE SET BEGAN_AT = BEGAN_AT - 1200000 WHERE USER_ID = ?", member.id());
    }

    /** Reasons of all failures of the realm, oldest first. */
    private List<String> rows() {
        return database
                .rows(
                        "SELECT REASON FROM MFA_AUDIT WHERE REALM_ID = ? AND " + REFUSALS + " ORDER BY TIMESTAMP",
                        realmId)
                .stream()
                .map(row -> row.get("REASON"))
                .toList();
    }

    private int outbox() {
        return database.rows(
                        "SELECT ID FROM MFA_OUTBOX WHERE REALM_ID = ? AND EVENT_ID IN (SELECT EVENT_ID FROM MFA_AUDIT"
                                + " WHERE REALM_ID = ? AND " + REFUSALS + ")",
                        realmId,
                        realmId)
                .size();
    }
}
