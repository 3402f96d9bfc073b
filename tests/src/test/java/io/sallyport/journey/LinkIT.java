package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An account at an identity provider is tied to nobody who has a factor, or must have one, before he proves it. */
@Journey
final class LinkIT {

    private static final Map<String, Object> PASSWORD = Map.of("type", "password", "value", Member.PASSWORD);

    private final Upstream upstream;
    private final MfaRealm realm;
    private final Mailbox mailbox = Mailbox.open();

    LinkIT(KeycloakServer server) {
        this.upstream = Upstream.on(server);
        this.realm = linked(server, Rules.FOR_ALL);
        realm.change(Map.of(
                "smtpServer",
                Map.of("host", "localhost", "port", String.valueOf(mailbox.port()), "from", "sso@example.org")));
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    private MfaRealm linked(KeycloakServer server, Map<String, Object> policy) {
        MfaRealm made = MfaRealm.stock(server);
        upstream.vouchesFor(made, "corp");
        made.setUp(Map.of("mfa.sso.trusted-providers", "corp"), policy).expect(200);
        return made;
    }

    @Test
    @DisplayName("The thief of the mailbox and of the account at a trusted provider gets no link without the factor")
    void aMailboxIsNotEnough() throws Exception {
        Member here = upstream.realm().enrolled();
        Member victim = Upstream.twin(realm, here, List.of(PASSWORD, MfaRealm.stockTotp(here.secret())));
        SignIn signIn = realm.web().signIn(Map.of("kc_idp_hint", "corp"));
        Browser browser = new Browser();

        ChallengePage asked = byMail(browser, signIn, here).as(ChallengePage.class);
        ChallengePage again = asked.answer(victim.phone().wrongCode()).as(ChallengePage.class);

        assertThat(links(realm, victim)).isEmpty();
        Page arrived = upstream.through(browser, again.answer(victim.phone().nextCode()));
        assertThat(signIn.redeem(arrived).tokens().claims().path("mfa_verified").asBoolean())
                .isTrue();
        assertThat(links(realm, victim)).hasSize(1);
    }

    @Test
    @DisplayName("A flow without the step links nobody who has a factor, and says what to do")
    void theStoreRefusesWhereTheFlowDoesNotAsk() throws Exception {
        MfaRealm own = linked(realm.server(), Rules.NONE);
        own.change(Map.of(
                "smtpServer",
                Map.of("host", "localhost", "port", String.valueOf(mailbox.port()), "from", "sso@example.org")));
        removeStep(own);
        Member here = upstream.realm().enrolled();
        Member victim = Upstream.twin(own, here, List.of(PASSWORD, MfaRealm.stockTotp(here.secret())));

        Page page = byMail(new Browser(), own.web().signIn(Map.of("kc_idp_hint", "corp")), here);

        assertThat(page.as(ErrorPage.class).html().reply().status()).isEqualTo(403);
        assertThat(links(own, victim)).isEmpty();
        assertThat(own.audit().of(victim.id(), "auth.mfa_token_refused"))
                .extracting(Audit.Row::reason)
                .containsExactly("link_without_mfa");
    }

    @Test
    @DisplayName("Who must have a factor and has none is not linked: neither mailbox nor password is enough")
    void whoMustHaveAFactorIsNotLinkedWithoutOne() throws Exception {
        Member here = upstream.realm().newcomer();
        Member victim = Upstream.twin(realm, here, List.of(PASSWORD));

        Page page = byMail(new Browser(), realm.web().signIn(Map.of("kc_idp_hint", "corp")), here);

        assertThat(page.as(ErrorPage.class).html().reply().status()).isEqualTo(403);
        assertThat(links(realm, victim)).isEmpty();
    }

    @Test
    @DisplayName("A link that is made where nothing is required does not lead in where MFA is")
    void aLinkIsHeldToTheRulesOfAllApplications() {
        MfaRealm own = linked(
                realm.server(),
                Rules.document(Map.of("name", "shop", "required", true, "when", Map.of("clients", List.of("shop")))));
        Member here = upstream.realm().enrolled();
        Member victim = Upstream.twin(own, here, List.of(PASSWORD));

        Page page = confirmed(new Browser(), own.web().signIn(Map.of("kc_idp_hint", "corp")), here)
                .as(LoginPage.class)
                .signIn(victim.username(), Member.PASSWORD);

        assertThat(page.as(ErrorPage.class).html().reply().status()).isEqualTo(403);
        assertThat(links(own, victim)).isEmpty();
    }

    @Test
    @DisplayName("LOCK-06: a locked user is linked to nobody, and the right code changes nothing")
    void whoIsLockedIsNotLinked() throws Exception {
        Member here = upstream.realm().enrolled();
        Member victim = Upstream.twin(realm, here, List.of(PASSWORD, MfaRealm.stockTotp(here.secret())));
        Browser browser = new Browser();
        ChallengePage asked = byMail(browser, realm.web().signIn(Map.of("kc_idp_hint", "corp")), here)
                .as(ChallengePage.class);
        for (int i = 0; i < 5; i++) {
            realm.backend()
                    .password(victim.username(), Member.PASSWORD, victim.phone().wrongCode());
        }

        Page page = asked.answer(victim.phone().nextCode());

        assertThat(page).isInstanceOf(LockedPage.class);
        assertThat(links(realm, victim)).isEmpty();
    }

    @Test
    @DisplayName("Who confirms with password and factor is asked for the factor once, and linked")
    void aPasswordAndTheFactorLink() {
        MfaRealm own = linked(realm.server(), Rules.FOR_ALL);
        Member here = upstream.realm().enrolled();
        Member member = Upstream.twin(own, here, List.of(PASSWORD, MfaRealm.stockTotp(here.secret())));
        SignIn signIn = own.web().signIn(Map.of("kc_idp_hint", "corp"));
        Browser browser = new Browser();

        ChallengePage asked = confirmed(browser, signIn, here)
                .as(LoginPage.class)
                .signIn(member.username(), Member.PASSWORD)
                .as(ChallengePage.class);
        assertThat(links(own, member)).isEmpty();
        Page arrived = upstream.through(browser, asked.answer(member.phone().nextCode()));

        assertThat(signIn.redeem(arrived).granted()).isTrue();
        assertThat(links(own, member)).hasSize(1);
    }

    @Test
    @DisplayName("Linking from an application asks for the factor when the last proof is not fresh")
    void linkingFromAnApplicationAsksForAFreshProof() {
        Member here = upstream.realm().enrolled();
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        realm.server()
                .database()
                .update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 301000 WHERE USER_ID = ?", member.id());
        SignIn linking = realm.web().signIn(Map.of("kc_action", "idp_link:corp"));

        ChallengePage asked = browser.open(linking.address()).as(ChallengePage.class);
        OtherPage confirm = asked.answer(member.phone().nextCode()).as(OtherPage.class);
        Page there = upstream.through(browser, confirm.html().submit("continue", Map.of("continue", "Continue")));
        Page back = there.as(LoginPage.class)
                .signIn(here.username(), Member.PASSWORD)
                .as(ChallengePage.class)
                .answer(here.phone().nextCode());

        assertThat(upstream.through(browser, back)).isInstanceOf(Arrived.class);
        assertThat(links(realm, member)).hasSize(1);
    }

    @Test
    @DisplayName("A proof that is no longer fresh when the provider answers does not link")
    void aProofThatAgedOnTheWayDoesNotLink() {
        Member here = upstream.realm().enrolled();
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        OtherPage confirm = browser.open(
                        realm.web().signIn(Map.of("kc_action", "idp_link:corp")).address())
                .as(OtherPage.class);
        Page there = upstream.through(browser, confirm.html().submit("continue", Map.of("continue", "Continue")));
        realm.server()
                .database()
                .update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 301000 WHERE USER_ID = ?", member.id());

        Page back = there.as(LoginPage.class)
                .signIn(here.username(), Member.PASSWORD)
                .as(ChallengePage.class)
                .answer(here.phone().nextCode());

        assertThat(upstream.through(browser, back)
                        .as(ErrorPage.class)
                        .html()
                        .reply()
                        .status())
                .isEqualTo(403);
        assertThat(links(realm, member)).isEmpty();
    }

    @Test
    @DisplayName("AUD-02: who links himself by the administration without a fresh proof is refused, and on the record")
    void anAdministratorWhoLinksHimself() {
        Member thief = realm.enrolled();
        String token = new HelpDesk(realm).token(thief, "manage-users");
        realm.server()
                .database()
                .update("UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - 301000 WHERE USER_ID = ?", thief.id());

        Reply reply = Http.sendJson(
                "POST",
                realm.address()
                        .resolve("/admin/realms/" + realm.name() + "/users/" + thief.id() + "/federated-identity/corp"),
                Json.write(Map.of("identityProvider", "corp", "userId", "elsewhere", "userName", "elsewhere")),
                Map.of("Authorization", "Bearer " + token));

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("mfa_required");
        assertThat(links(realm, thief)).isEmpty();
        assertThat(realm.audit().of(thief.id(), "auth.mfa_failed"))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.reason()).isEqualTo("link_without_mfa");
                    assertThat(row.text("client_id")).isEqualTo("backend");
                });
    }

    private Page confirmed(Browser browser, SignIn signIn, Member here) {
        return upstream.come(browser, signIn, here)
                .as(OtherPage.class)
                .html()
                .submit("submitAction", Map.of("submitAction", "linkAccount"));
    }

    private Page byMail(Browser browser, SignIn signIn, Member here) throws InterruptedException {
        confirmed(browser, signIn, here);
        return upstream.through(browser, browser.open(mailbox.nextLink()));
    }

    private static JsonNode links(MfaRealm realm, Member member) {
        return realm.admin().get(realm.name() + "/users/" + member.id() + "/federated-identity");
    }

    private static void removeStep(MfaRealm realm) {
        for (JsonNode step :
                realm.admin().get(realm.name() + "/authentication/flows/first%20broker%20login/executions")) {
            if (step.path("providerId").asText().equals("mfa-link")) {
                Map<String, Object> disabled = new HashMap<>();
                step.properties().forEach(field -> disabled.put(field.getKey(), field.getValue()));
                disabled.put("requirement", "DISABLED");
                realm.admin().put(realm.name() + "/authentication/flows/first%20broker%20login/executions", disabled);
                return;
            }
        }
        throw new Unexpected("first broker login", "no step", "mfa-link");
    }
}
