package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the first factor to the last: weakening an account takes as much proof as using it, and is told. */
@Journey
final class LifeCycleIT {

    private static final String SECOND_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final MfaRealm strict;
    private final MfaRealm free;
    private final MfaRealm elsewhere;
    private final Database database;
    private final Mailbox mailbox = Mailbox.open();

    LifeCycleIT(KeycloakServer server) {
        this.strict = MfaRealm.strict(server);
        this.free = MfaRealm.setUp(server, Map.of(), Rules.document(Map.of("name", "nobody", "required", false)));
        this.elsewhere = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        elsewhere.admin().post(elsewhere.name() + "/roles", Map.of("name", "payer"));
        this.database = server.database();
        for (MfaRealm realm : List.of(strict, free)) {
            realm.mailsTo(mailbox);
        }
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @Test
    @DisplayName("LIFE-01: a session that proved only the password removes and renames no factor by REST")
    void aPasswordRemovesNothingByRest() {
        Member member = free.enrolled();
        SignIn signIn = free.web().signIn();
        Tokens tokens =
                signIn.redeem(free.password(new Browser(), signIn, member)).tokens();

        assertUntouched(free, member, AccountApi.of(free, tokens));
    }

    @Test
    @DisplayName("LIFE-01: a proof that is no longer fresh removes nothing either")
    void aStaleProofRemovesNothing() {
        Member member = strict.enrolledWith(SECOND_SECRET);
        Tokens tokens = strict.signIn(new Browser(), member);
        database.update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 301000 WHERE USER_ID = ?", member.id());

        assertUntouched(strict, member, AccountApi.of(strict, tokens));
    }

    @Test
    @DisplayName("LIFE-01: delete_credential asks a password-only session for the factor first")
    void deletingAsksForTheFactor() throws Exception {
        Member member = free.enrolled();
        Browser browser = new Browser();
        SignIn signIn = free.web().signIn();
        free.password(browser, signIn, member).as(Arrived.class);
        String id = factors(free, member).get(0);

        ChallengePage asked = browser.open(delete(free, id)).as(ChallengePage.class);
        Page pushed = browser.submit(asked.html().action("code"), Map.of("accept", "yes"));
        assertThat(pushed).isInstanceOf(ChallengePage.class);
        assertThat(factors(free, member)).containsExactly(id);
        ChallengePage wrong = pushed.as(ChallengePage.class)
                .answer(member.phone().wrongCode())
                .as(ChallengePage.class);
        Page done = wrong.answer(member.phone().nextCode())
                .as(OtherPage.class)
                .html()
                .submit("accept", Map.of("accept", "yes"));

        assertThat(done).isInstanceOf(Arrived.class);
        assertThat(factors(free, member)).isEmpty();
        assertRevoked(free, member, id, member.id());
    }

    @Test
    @DisplayName("LIFE-01, LIFE-09: with a fresh proof one of two factors goes, is renamed, and the user is told")
    void aFreshProofRemovesOneOfTwo() throws Exception {
        Member member = strict.enrolledWith(SECOND_SECRET);
        Browser browser = new Browser();
        AccountApi account = AccountApi.of(strict, strict.signIn(browser, member));
        List<String> ids = factors(strict, member);

        account.label(ids.get(0), "kitchen phone").expect(200, 204);
        browser.open(delete(strict, ids.get(1)))
                .as(OtherPage.class)
                .html()
                .submit("accept", Map.of("accept", "yes"))
                .as(Arrived.class);

        assertThat(label(strict, member)).isEqualTo("kitchen phone");
        assertThat(factors(strict, member)).containsExactly(ids.get(0));
        assertRevoked(strict, member, ids.get(1), member.id());
        String mail = mailbox.next(member.username() + "@example.org", "A second factor was removed");
        assertThat(mail)
                .contains("text/plain", "text/html", "Authenticator app", "127.0.0.1", " UTC", member.username())
                .contains("If this was not you")
                .doesNotContain(SECOND_SECRET, "second phone");
    }

    @Test
    @DisplayName("The last factor of somebody who must prove MFA stays, whatever he proves and whichever way he asks")
    void theLastFactorStays() {
        Member member = strict.enrolled();
        Browser browser = new Browser();
        AccountApi account = AccountApi.of(strict, strict.signIn(browser, member));
        String id = factors(strict, member).get(0);

        Reply refused = account.remove(id);
        Page page = browser.open(delete(strict, id));

        assertThat(refused.status()).as(refused.body()).isIn(403, 409);
        assertThat(page).isInstanceOf(ErrorPage.class);
        assertThat(page.as(ErrorPage.class).message()).contains("last second factor");
        assertThat(factors(strict, member)).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'clients':['shop']}", "{'outside_networks':['127.0.0.0/8']}", "{'roles':['payer']}"})
    @DisplayName(
            "It stays, too, where only another application or network asks, and not where a role that he lacks does for it")
    void theLastFactorStaysForWhatAsksElsewhere(String when) {
        Reply rule = Policies.of(elsewhere)
                .create(Map.of("required", true, "when", Json.read(when.replace('\'', '"'))))
                .expect(201);
        Member member = elsewhere.enrolled();
        Browser browser = new Browser();
        elsewhere.signIn(browser, member);
        String id = factors(elsewhere, member).get(0);
        boolean his = !when.contains("roles");

        Page page = browser.open(delete(elsewhere, id));
        if (!his) {
            page.as(OtherPage.class).html().submit("accept", Map.of("accept", "yes"));
        }
        Policies.of(elsewhere).delete(rule.json().path("id").asText(), "?reason=over");

        assertThat(page).isInstanceOf(his ? ErrorPage.class : OtherPage.class);
        assertThat(factors(elsewhere, member)).hasSize(his ? 1 : 0);
    }

    @Test
    @DisplayName("LIFE-09: an administrator removes any factor, on the record; one that was never used counts as held")
    void anAdministratorRemoves() throws Exception {
        Member member = strict.enrolled();
        String id = factors(strict, member).get(0);

        strict.admin()
                .delete(strict.name() + "/users/" + member.id() + "/credentials/" + id)
                .expect(204);

        String actor = strict.admin()
                .get("master/users?username=admin")
                .path(0)
                .path("id")
                .asText();
        assertRevoked(strict, member, id, actor);
        assertThat(mailbox.next(member.username() + "@example.org", "A second factor was removed"))
                .contains("an administrator");
        Page page = strict.password(new Browser(), strict.web().signIn(), member);
        assertThat(page).as("LIFE-03").isInstanceOf(ErrorPage.class);
    }

    @Test
    @DisplayName("LIFE-01: who administers users is nobody else when it comes to himself")
    void anAdministratorIsHimself() {
        Member member = free.enrolled();
        Roles.of(free).grant(member.id(), "manage-users");
        SignIn signIn = free.web().signIn();
        Tokens tokens =
                signIn.redeem(free.password(new Browser(), signIn, member)).tokens();
        String id = factors(free, member).get(0);
        URI own =
                free.address().resolve("/admin/realms/" + free.name() + "/users/" + member.id() + "/credentials/" + id);

        Reply refused = Http.delete(own, Map.of("Authorization", "Bearer " + tokens.access()));

        assertThat(refused.status()).as(refused.body()).isEqualTo(403);
        assertThat(factors(free, member)).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mfa-enroll", "CONFIGURE_TOTP", "CONFIGURE_RECOVERY_AUTHN_CODES"})
    @DisplayName(
            "LIFE-03: a session of a stolen password adds no factor and makes no recovery codes, whatever it posts")
    void aStolenPasswordAddsNothing(String action) {
        Member member = free.enrolled();
        Browser thief = new Browser();
        free.password(thief, free.web().signIn(), member).as(Arrived.class);

        for (Map<String, String> pushed : List.of(
                Map.of("enroll", "TOTP"),
                Map.of("renew", "true"),
                Map.of("code", "123456", "label", "mine"),
                Map.of("saved", "on"))) {
            Page page =
                    thief.open(free.web().signIn(Map.of("kc_action", action)).address());
            Html shown = page instanceof ChallengePage asked
                    ? asked.html()
                    : page.as(OtherPage.class).html();
            Page after = shown.submit(shown.hasField("code") ? "code" : "renew", pushed);
            assertThat(after).as(pushed.toString()).isInstanceOfAny(ChallengePage.class, OtherPage.class);
        }
        assertThat(free.credentials(member)).containsExactlyInAnyOrder("password", "otp");
        assertThat(database.rows("SELECT * FROM MFA_RECOVERY_CODE WHERE USER_ID = ?", member.id()))
                .isEmpty();
        assertThat(free.audit().of(member.id(), "auth.mfa_activated")).isEmpty();
    }

    private void assertUntouched(MfaRealm realm, Member member, AccountApi account) {
        String id = factors(realm, member).get(0);
        String label = label(realm, member);

        Reply removed = account.remove(id);
        Reply renamed = account.label(id, "mine now");

        assertThat(removed.status()).as(removed.body()).isEqualTo(403);
        assertThat(renamed.status()).as(renamed.body()).isEqualTo(403);
        assertThat(renamed.body()).contains("mfa_required");
        assertThat(factors(realm, member)).contains(id);
        assertThat(label(realm, member)).isEqualTo(label);
        assertThat(realm.audit().of(member.id(), "auth.mfa_deactivated")).isEmpty();
    }

    private void assertRevoked(MfaRealm realm, Member member, String id, String actor) {
        List<Map<String, String>> rows =
                database.rows("SELECT STATUS, REVOKED_AT FROM MFA_ENROLLMENT WHERE ENROLLMENT_ID = ?", id);
        assertThat(rows).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("STATUS", "REVOKED");
            assertThat(row.get("REVOKED_AT")).isNotEqualTo("null");
        });
        assertThat(realm.audit().of(member.id(), "auth.mfa_deactivated"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.detail("enrollment_id")).isEqualTo(id);
                    assertThat(row.text("actor")).isEqualTo(actor);
                });
    }

    private static URI delete(MfaRealm realm, String id) {
        return realm.web()
                .signIn(Map.of("kc_action", "delete_credential:" + id))
                .address();
    }

    private static List<String> factors(MfaRealm realm, Member member) {
        return stored(realm, member).stream()
                .map(credential -> credential.path("id").asText())
                .toList();
    }

    private static String label(MfaRealm realm, Member member) {
        return stored(realm, member).get(0).path("userLabel").asText();
    }

    private static List<JsonNode> stored(MfaRealm realm, Member member) {
        JsonNode all = realm.admin().get(realm.name() + "/users/" + member.id() + "/credentials");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(credential -> credential.path("type").asText().equals("otp"))
                .toList();
    }
}
