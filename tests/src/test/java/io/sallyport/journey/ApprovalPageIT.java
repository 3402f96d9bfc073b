package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application asks for the approval of one action, and its user sees and proves exactly that. */
@Journey
final class ApprovalPageIT {

    private static final Map<String, Object> PAYMENT = Map.of(
            "type",
            "approve_payment",
            "description",
            "Pay {amount} {currency} to {payee}",
            "translations",
            Map.of("de", "{amount} {currency} an {payee} zahlen"),
            "fields",
            List.of(
                    Map.of("name", "amount", "kind", "NUMBER"),
                    Map.of("name", "currency"),
                    Map.of("name", "payee"),
                    Map.of("name", "note", "required", false)));
    private static final Map<String, Object> BY_KEY =
            Map.of("type", "change_keys", "description", "Change the keys", "methods", List.of("WEBAUTHN"));
    private static final int YOUNG_SECONDS = 8;
    private static final Map<String, Object> YOUNG =
            Map.of("type", "close_books", "description", "Close the books", "max_age", YOUNG_SECONDS);
    private static final String DETAILS = "{\"amount\":12.50,\"currency\":\"EUR\",\"payee\":\"ACME\"}";
    private static final Map<String, String> PAY = pay(DETAILS);

    private final MfaRealm realm;
    private final Database database;
    private final Locks locks;

    ApprovalPageIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(
                server,
                Map.of(),
                SelfService.policy(Rules.FOR_ALL, List.of(PAYMENT, SelfService.EXPORT, BY_KEY, YOUNG)));
        realm.change(Map.of("internationalizationEnabled", true, "supportedLocales", List.of("en", "de")));
        this.database = server.database();
        this.locks = new Locks(server);
    }

    @Test
    @DisplayName("SU-08, SU-11: seconds after MFA the action is shown and proved, and one token carries the approval")
    void theActionIsShownAndProved() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn signIn = realm.shop().signIn(PAY);

        ChallengePage asked = browser.open(signIn.address()).as(ChallengePage.class);
        assertThat(sentence(asked)).isEqualTo("Pay 12.5 EUR to ACME");
        assertThat(field(asked, "payee")).isEqualTo("ACME");
        assertThat(asked.html().document().select("[data-mfa-client-id]").text())
                .isEqualTo("shop");
        ChallengePage again = asked.answer(member.phone().wrongCode()).as(ChallengePage.class);
        assertThat(sentence(again)).isEqualTo("Pay 12.5 EUR to ACME");
        Arrived arrived = again.answer(member.phone().nextCode()).as(Arrived.class);
        Tokens tokens = signIn.redeem(arrived).tokens();

        assertThat(arrived.parameter("kc_action_status")).contains("success");
        JsonNode claims = tokens.claims();
        assertThat(claims.path("mfa_action").asText()).isEqualTo("approve_payment");
        assertThat(claims.path("mfa_action_hash").asText()).hasSize(43);
        assertThat(claims.path("acr").asText()).isEqualTo("mfa");
        assertThat(database.rows(
                        "SELECT STATUS FROM MFA_CHALLENGE WHERE CHALLENGE_ID = ?",
                        claims.path("mfa_approval_id").asText()))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("STATUS", "APPROVED"));
        assertNoApproval(
                realm.shop().refresh(tokens.refresh().orElseThrow()).tokens().claims());
        SignIn next = realm.shop().signIn();
        assertNoApproval(next.redeem(browser.open(next.address())).tokens().claims());
    }

    @ParameterizedTest
    @ValueSource(strings = {"alias", "both", "pushed", "unsigned", "signed"})
    @DisplayName("The request is taken in whatever form it comes, also by its alias")
    void everyForm(String form) {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        OidcClient client = realm.backend();
        Map<String, String> parameters = new HashMap<>(PAY);
        if (form.equals("alias") || form.equals("both")) {
            parameters.put("kc_action", "mfa-approve:approve_payment");
        }
        if (form.equals("alias")) {
            parameters.remove("mfa_action");
        }
        SignIn signIn = client.signIn(parameters);
        URI address = Requests.as(form, client, signIn);

        ChallengePage asked = browser.open(address).as(ChallengePage.class);
        assertThat(sentence(asked)).isEqualTo("Pay 12.5 EUR to ACME");
        Tokens tokens = signIn.redeem(asked.answer(member.phone().nextCode())).tokens();

        assertThat(tokens.claims().path("mfa_action").asText()).isEqualTo("approve_payment");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    @DisplayName("SU-02, FLOW-10: what nobody can approve is invalid_request at the application, never a plain sign-in")
    void whatNobodyCanApprove(String what, Map<String, String> parameters) {
        Arrived arrived =
                new Browser().open(realm.web().signIn(parameters).address()).as(Arrived.class);

        assertThat(arrived.parameter("error")).as(what).contains("invalid_request");
        assertThat(arrived.parameter("code")).isEmpty();
        assertThat(arrived.parameter("state")).isPresent();
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of("unknown action", Map.of("mfa_action", "shred")),
                Arguments.of("no action's name", Map.of("mfa_action", "Approve Payment")),
                Arguments.of("empty action", Map.of("kc_action", "mfa-approve")),
                Arguments.of("sign_in", Map.of("mfa_action", "sign_in")),
                Arguments.of("missing details", Map.of("mfa_action", "approve_payment")),
                Arguments.of("missing field", pay("{\"amount\":1,\"currency\":\"EUR\"}")),
                Arguments.of("unknown field", pay(DETAILS.replace("}", ",\"x\":1}"))),
                Arguments.of("wrong kind", pay(DETAILS.replace("12.50", "\"12.50\""))),
                Arguments.of("duplicate key", pay(DETAILS.replace("}", ",\"payee\":\"EVIL\"}"))),
                Arguments.of("not NFC", pay(DETAILS.replace("ACME", "A\u0308"))),
                Arguments.of("too many digits", pay(DETAILS.replace("12.50", "12345678901234567890"))),
                Arguments.of("no object", pay("[]")),
                Arguments.of("no base64url", Map.of("mfa_action", "approve_payment", "mfa_details", "{}")),
                Arguments.of("details alone", Map.of("mfa_details", "e30")),
                Arguments.of("challenge alone", Map.of("mfa_challenge", "c")),
                Arguments.of("details and challenge", with(PAY, "mfa_challenge", "c")),
                Arguments.of("another alias", with(PAY, "kc_action", "mfa-approve:export_all_data")),
                Arguments.of("another action of Keycloak's", with(PAY, "kc_action", "UPDATE_PASSWORD")),
                Arguments.of("a smuggled parameter", Map.of("kc_action", "mfa-approve:export_all_data:x")),
                Arguments.of(
                        "2,001 characters", Map.of("mfa_action", "export_all_data", "mfa_details", "a".repeat(2_001))),
                Arguments.of("the implicit flow", with(PAY, "response_type", "token")),
                Arguments.of(
                        "nothing to know its code by",
                        with(PAY, Map.of("nonce", "", "code_challenge", "", "code_challenge_method", ""))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pushed", "unsigned", "signed"})
    @DisplayName("FLOW-10: a query adds nothing to a pushed request or a request object, and changes nothing in it")
    void aQueryAddsNothing(String form) {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        OidcClient client = realm.backend();
        String evil = "&" + Form.encode(pay(DETAILS.replace("ACME", "EVIL")));

        SignIn plain = client.signIn();
        Page arrived = browser.open(URI.create(Requests.as(form, client, plain) + evil));
        assertNoApproval(plain.redeem(arrived).tokens().claims());
        Arrived refused = browser.open(URI.create(
                        Requests.as(form, client, client.signIn()) + "&kc_action=mfa-approve:export_all_data"))
                .as(Arrived.class);
        assertThat(refused.parameter("error")).contains("invalid_request");
        SignIn payment = client.signIn(PAY);
        ChallengePage asked = browser.open(URI.create(Requests.as(form, client, payment) + evil))
                .as(ChallengePage.class);
        assertThat(sentence(asked)).isEqualTo("Pay 12.5 EUR to ACME");
    }

    @Test
    @DisplayName("Cancelling returns to the application with kc_action_status=cancelled, and no token says otherwise")
    void cancelling() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn signIn = realm.shop().signIn(PAY);

        Arrived arrived = browser.open(signIn.address())
                .as(ChallengePage.class)
                .html()
                .submit("cancel-aia", Map.of("cancel-aia", "true"))
                .as(Arrived.class);

        assertThat(arrived.parameter("kc_action_status")).contains("cancelled");
        assertNoApproval(signIn.redeem(arrived).tokens().claims());
        assertThat(database.rows(
                        "SELECT STATUS FROM MFA_CHALLENGE WHERE USER_ID = ? AND PURPOSE = 'APPROVE'", member.id()))
                .allSatisfy(row -> assertThat(row).containsEntry("STATUS", "VOID"));
    }

    @Test
    @DisplayName("SU-02: three tabs of one application do not mix, in whatever order their codes are redeemed")
    void tabsDoNotMix() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn payment = realm.shop().signIn(PAY);
        SignIn export = realm.shop().signIn(ActionRequests.of("export_all_data"));
        SignIn plain = realm.shop().signIn();
        ChallengePage paying = browser.open(payment.address()).as(ChallengePage.class);
        ChallengePage exporting = browser.open(export.address()).as(ChallengePage.class);
        Page arrivedPlain = browser.open(plain.address());

        Page arrivedExport = answer(exporting, member);
        Page arrivedPayment = answer(paying, member);
        Tokens plainTokens = plain.redeem(arrivedPlain).tokens();
        Tokens exportTokens = export.redeem(arrivedExport).tokens();
        Tokens paymentTokens = payment.redeem(arrivedPayment).tokens();

        assertNoApproval(plainTokens.claims());
        assertThat(exportTokens.claims().path("mfa_action").asText()).isEqualTo("export_all_data");
        assertThat(paymentTokens.claims().path("mfa_action").asText()).isEqualTo("approve_payment");
        assertThat(paymentTokens.claims().path("mfa_approval_id"))
                .isNotEqualTo(exportTokens.claims().path("mfa_approval_id"));
    }

    @Test
    @DisplayName(
            "SU-11: markup is escaped, the writing direction is visible, nothing is cut; the sentence is in German")
    void whatIsShownIsWhatIsBound() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        String payee = "<b>x</b>{amount}" + "y".repeat(300);
        Map<String, String> parameters = with(
                pay("{\"amount\":1,\"currency\":\"EUR\",\"payee\":\"" + payee + "\",\"note\":\"a\\u202eb\"}"),
                "ui_locales",
                "de");

        ChallengePage asked =
                browser.open(realm.shop().signIn(parameters).address()).as(ChallengePage.class);

        assertThat(sentence(asked)).isEqualTo("1 EUR an " + payee + " zahlen");
        assertThat(field(asked, "note")).isEqualTo("a⟨U+202E⟩b");
        assertThat(asked.html().reply().body()).doesNotContain("<b>x").doesNotContain("\u202e");
    }

    @Test
    @DisplayName("SU-08: a sign-in from scratch proves MFA first, then the action; neither stands for the other")
    void fromScratch() {
        Member member = realm.enrolled();
        SignIn signIn = realm.web().signIn(PAY);

        ChallengePage first = realm.password(new Browser(), signIn, member).as(ChallengePage.class);
        assertThat(sentence(first)).isEmpty();
        ChallengePage second = first.answer(member.phone().nextCode()).as(ChallengePage.class);
        assertThat(sentence(second)).isEqualTo("Pay 12.5 EUR to ACME");
        Tokens tokens = signIn.redeem(second.answer(member.phone().nextCode())).tokens();

        assertThat(tokens.claims().path("mfa_action").asText()).isEqualTo("approve_payment");
    }

    @Test
    @DisplayName("Who has no factor for the action is told so, and returns; who has none at all sets one up first")
    void noFactorForIt() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn signIn = realm.shop().signIn(ActionRequests.of("change_keys"));

        OtherPage told = browser.open(signIn.address()).as(OtherPage.class);
        assertThat(told.html().message()).contains("no second factor that is accepted");
        Arrived arrived =
                told.html().submit("cancel-aia", Map.of("cancel-aia", "true")).as(Arrived.class);

        assertThat(arrived.parameter("kc_action_status")).contains("cancelled");
        assertNoApproval(signIn.redeem(arrived).tokens().claims());
        assertThat(realm.password(new Browser(), realm.web().signIn(PAY), realm.newcomer()))
                .isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("FLOW-08: prompt=none with an action is interaction_required, however fresh the proof")
    void promptNone() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);

        Page silent =
                browser.open(realm.shop().signIn(with(PAY, "prompt", "none")).address());

        assertThat(silent.as(Arrived.class).parameter("error")).contains("interaction_required");
    }

    @Test
    @DisplayName(
            "SU-12: five wrong codes lock, the right one after them approves nothing; what a page posts changes nothing")
    void fiveWrongCodes() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        Page page = browser.open(realm.shop().signIn(PAY).address());
        for (int i = 0; i < 5; i++) {
            ChallengePage asked = page.as(ChallengePage.class);
            assertThat(sentence(asked)).isEqualTo("Pay 12.5 EUR to ACME");
            page = asked.html()
                    .submit(
                            "code",
                            Map.of(
                                    "code",
                                    member.phone().wrongCode(),
                                    "mfa_action",
                                    "export_all_data",
                                    "mfa_details",
                                    "e30",
                                    "kc_action_parameter",
                                    "export_all_data"));
        }

        assertThat(page).isInstanceOf(LockedPage.class);
        assertThat(browser.open(realm.shop().signIn(PAY).address())).isInstanceOf(LockedPage.class);
        assertThat(database.rows(
                        "SELECT STATUS FROM MFA_CHALLENGE WHERE USER_ID = ? AND STATUS IN ('PENDING', 'APPROVED')"
                                + " AND PURPOSE = 'APPROVE'",
                        member.id()))
                .isEmpty();
    }

    @Test
    @DisplayName("SU-12: what other pages ask meanwhile makes no answer a wrong one: it is asked anew and not counted")
    void otherPagesMeanwhile() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn signIn = realm.shop().signIn(PAY);
        ChallengePage asked = browser.open(signIn.address()).as(ChallengePage.class);
        String code = member.phone().newestCode();

        for (int i = 0; i < 6; i++) {
            browser.open(realm.web().signIn(PAY).address()).as(ChallengePage.class);
            asked = asked.answer(code).as(ChallengePage.class);
            assertThat(asked.message()).contains("does not count");
            assertThat(sentence(asked)).isEqualTo("Pay 12.5 EUR to ACME");
        }

        assertThat(locks.failures(member)).isZero();
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .extracting(Audit.Row::reason)
                .containsOnly("replaced");
        Tokens tokens = signIn.redeem(asked.answer(code)).tokens();
        assertThat(tokens.claims().path("mfa_action").asText()).isEqualTo("approve_payment");
    }

    @Test
    @DisplayName("A recovery code and a method that was not asked approve nothing")
    void onlyWhatTheActionTakes() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn signIn = realm.shop().signIn(PAY);
        ChallengePage asked = browser.open(signIn.address()).as(ChallengePage.class);

        for (String method : List.of("RECOVERY_CODE", "SMS_OTP", "TEMPORARY_PASS")) {
            asked = asked.html()
                    .submit("code", Map.of("code", "123456", "method", method))
                    .as(ChallengePage.class);
            assertThat(sentence(asked)).isEqualTo("Pay 12.5 EUR to ACME");
        }
    }

    @Test
    @DisplayName("An action may want a young sign-in: then the password is asked, and after it the action")
    void aYoungSignIn() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn signIn = realm.shop().signIn(ActionRequests.of("close_books"));
        passSeconds(YOUNG_SECONDS + 1);

        LoginPage password = browser.open(signIn.address()).as(LoginPage.class);
        ChallengePage asked =
                password.signIn(member.username(), Member.PASSWORD).as(ChallengePage.class);

        assertThat(sentence(asked)).isEqualTo("Close the books");
        passSeconds(YOUNG_SECONDS + 1);
        assertThat(asked.answer(member.phone().nextCode())).isInstanceOf(LoginPage.class);
        assertThat(locks.failures(member)).isZero();
    }

    @Test
    @DisplayName("Whoever takes the cookie of his session away in front of the page makes no sign-in younger")
    void withoutTheCookie() {
        Member member = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, member);
        SignIn signIn = realm.shop().signIn(ActionRequests.of("close_books"));
        ChallengePage asked = browser.open(signIn.address()).as(ChallengePage.class);

        assertThat(browser.cookie("KEYCLOAK_IDENTITY")).isPresent();
        browser.forget("KEYCLOAK_IDENTITY");
        passSeconds(YOUNG_SECONDS + 1);

        assertThat(asked.answer(member.phone().nextCode())).isInstanceOf(LoginPage.class);
    }

    @Test
    @DisplayName("Keycloak's own step-up makes no sign-in younger, on the page and by REST")
    void aStepUpIsNoSignIn(KeycloakServer server) {
        MfaRealm levels = MfaRealm.setUp(server, Map.of(), SelfService.policy(Rules.FOR_ALL, List.of(YOUNG)));
        SelfService calls = SelfService.of(levels);
        levels.change(Map.of("attributes", Map.of("acr.loa.map", "{\"silver\":1,\"gold\":2,\"mfa\":-1}")));
        Flows.override(levels, calls.client().id(), "browser", Flows.levels(levels, "levels"));
        Member member = levels.enrolled();
        Browser browser = new Browser();
        SignIn first = calls.client().signIn(Map.of("scope", "openid mfa", "acr_values", "silver"));
        first.redeem(levels.password(browser, first, member)
                .as(ChallengePage.class)
                .answer(member.phone().nextCode()));
        passSeconds(YOUNG_SECONDS + 1);

        SignIn gold = calls.client().signIn(Map.of("scope", "openid mfa", "acr_values", "gold"));
        Tokens stepped = gold.redeem(browser.open(gold.address())).tokens();
        Reply byRest = calls.challenge(stepped.access(), Map.of("action_type", "close_books"));
        Page onThePage = browser.open(calls.client()
                .signIn(Map.of("mfa_action", "close_books", "acr_values", "gold"))
                .address());

        assertThat(byRest.status()).isEqualTo(403);
        assertThat(onThePage).isInstanceOf(LoginPage.class);
        assertThat(onThePage.as(LoginPage.class).signIn(member.username(), Member.PASSWORD))
                .isInstanceOf(ChallengePage.class);
    }

    @Test
    @DisplayName(
            "SU-15: larger details come by a challenge of the same session and application; its approval is spent once")
    void aChallengeOpenedBefore() {
        SelfService calls = SelfService.of(realm);
        Member member = realm.enrolled();
        Browser browser = new Browser();
        SignIn first = calls.client().signIn(Map.of("scope", "openid mfa"));
        Tokens session = first.redeem(realm.password(browser, first, member)
                        .as(ChallengePage.class)
                        .answer(member.phone().nextCode()))
                .tokens();
        Map<String, Object> payment = Map.of(
                "action_type",
                "approve_payment",
                "action_details",
                Map.of("amount", 7, "currency", "EUR", "payee", "ACME", "note", "x".repeat(500)));
        String id = calls.challenge(session.access(), payment)
                .expect(200)
                .json()
                .path("challenge_id")
                .asText();
        Map<String, String> parameters = Map.of("mfa_action", "approve_payment", "mfa_challenge", id);
        SignIn signIn = calls.client().signIn(parameters);

        assertRefused(browser, realm.shop().signIn(parameters));
        assertRefused(browser, calls.client().signIn(with(parameters, "mfa_action", "export_all_data")));
        assertRefused(browser, calls.client().signIn(with(parameters, "mfa_challenge", "unknown")));
        ChallengePage asked = browser.open(signIn.address()).as(ChallengePage.class);
        assertThat(sentence(asked)).isEqualTo("Pay 7 EUR to ACME");
        Tokens tokens = signIn.redeem(asked.answer(member.phone().nextCode())).tokens();

        assertThat(tokens.claims().path("mfa_approval_id").asText()).isEqualTo(id);
        assertRefused(browser, calls.client().signIn(parameters));
        calls.authorize(tokens.access(), payment).expect(200);
        assertThat(calls.authorize(tokens.access(), payment).status()).isEqualTo(403);
    }

    @Test
    @DisplayName(
            "SU-02: a key signs the action; an answer to another question uses its challenge up, and a new one is asked")
    void aKeySignsIt(KeycloakServer server) {
        MfaRealm keyed = MfaRealm.setUp(
                server, Map.of("mfa.methods", "WEBAUTHN"), SelfService.policy(Rules.FOR_ALL, List.of(BY_KEY)));
        SecurityKey key = SecurityKey.at("http://localhost:" + server.address().getPort());
        Member member = keyed.member(List.of(key.asStored("webauthn", 0)));
        SignIn signIn = keyed.web().signIn(ActionRequests.of("change_keys"));
        KeyPage first = keyed.password(new Browser(), signIn, member).as(KeyPage.class);
        String replayed = key.get(first.options());

        KeyPage asked = first.answer(replayed).as(KeyPage.class);
        assertThat(asked.html().document().select("#mfa-sentence").text()).isEqualTo("Change the keys");
        KeyPage again = asked.answer(replayed).as(KeyPage.class);
        assertThat(again.options().path("challenge"))
                .isNotEqualTo(asked.options().path("challenge"));
        Tokens tokens = signIn.redeem(again.answer(key.get(again.options()))).tokens();

        assertThat(tokens.claims().path("mfa_action").asText()).isEqualTo("change_keys");
    }

    private static void assertRefused(Browser browser, SignIn signIn) {
        Arrived arrived = browser.open(signIn.address()).as(Arrived.class);
        assertThat(arrived.parameter("error")).contains("invalid_request");
        assertThat(arrived.parameter("code")).isEmpty();
    }

    /** Keycloak 26.7 begins a tab anew, from the session, once another one is through: its page comes once more. */
    private static Page answer(ChallengePage page, Member member) {
        String code = member.phone().nextCode();
        Page next = page.answer(code);
        return next instanceof ChallengePage again ? again.answer(code) : next;
    }

    private static void passSeconds(int seconds) {
        long until = System.currentTimeMillis() + seconds * 1000L;
        while (System.currentTimeMillis() < until) {
            LockSupport.parkUntil(until);
        }
    }

    private static String sentence(ChallengePage page) {
        return page.html().document().select("#mfa-sentence").text();
    }

    private static String field(ChallengePage page, String name) {
        return page.html().document().select("[data-mfa-field=" + name + "]").text();
    }

    private static void assertNoApproval(JsonNode claims) {
        assertThat(Stream.of("mfa_action", "mfa_action_hash", "mfa_approval_id").filter(claims::has))
                .as("%s", claims)
                .isEmpty();
    }

    private static Map<String, String> pay(String details) {
        return ActionRequests.of("approve_payment", details);
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        return with(parameters, Map.of(name, value));
    }

    private static Map<String, String> with(Map<String, String> parameters, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(parameters);
        all.putAll(more);
        return all;
    }
}
