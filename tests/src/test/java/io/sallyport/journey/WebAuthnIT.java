package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Passkeys and security keys, with a key of software against the pages; Chromium's own is in ChromiumIT. */
@Journey
final class WebAuthnIT {

    private static final Map<String, String> ADD_KEY = Map.of("kc_action", "webauthn-register");
    private static final Pattern CHALLENGE = Pattern.compile("challenge *: *[\"']([^\"']+)[\"']");

    private final KeycloakServer server;
    private final MfaRealm realm;
    private final String origin;

    WebAuthnIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.setUp(server, Map.of("mfa.methods", "WEBAUTHN"), Rules.FOR_ALL);
        this.origin = "http://localhost:" + server.address().getPort();
    }

    @Test
    @DisplayName("FLOW-11, CLM-01: a key is made in a forced enrollment, and signs in from then on")
    void enrollsAndSignsIn() {
        Member member = realm.newcomer();
        SecurityKey key = SecurityKey.at(origin).countedTo(1);
        SignIn first = realm.web().signIn();
        KeyPage enroll = realm.password(new Browser(), first, member).as(KeyPage.class);
        assertThat(enroll.options().path("attestation").asText()).isEqualTo("none");
        assertThat(enroll.options().path("rp").path("id").asText()).isEqualTo("localhost");

        RecoveryCodesPage codes =
                enroll.answer(key.create(enroll.options()), "blue key").as(RecoveryCodesPage.class);

        assertKey(first.redeem(codes.confirm()).tokens().claims(), "pwd", "hwk", "user", "mfa");
        assertThat(realm.credentials(member)).contains("webauthn");
        SignIn second = realm.web().signIn();
        KeyPage ask = realm.password(new Browser(), second, member).as(KeyPage.class);
        assertThat(ask.options().path("allowCredentials").findValuesAsText("id"))
                .containsExactly(key.id());
        Page arrived = ask.answer(key.countedTo(2).get(ask.options()));
        assertKey(second.redeem(arrived).tokens().claims(), "pwd", "hwk", "user", "mfa");
    }

    @Test
    @DisplayName("WA-09: without user verification a key is one factor, and needs the password")
    void withoutUserVerificationItIsOneFactor() {
        SecurityKey key = SecurityKey.at(origin).withoutUserVerification();
        Member member = realm.member(List.of(key.asStored("webauthn", 0)));
        SignIn signIn = realm.web().signIn();
        KeyPage ask = realm.password(new Browser(), signIn, member).as(KeyPage.class);

        Page arrived = ask.answer(key.get(ask.options()));

        assertKey(signIn.redeem(arrived).tokens().claims(), "pwd", "hwk", "mfa");
    }

    @Test
    @DisplayName("WA-05: a key that Keycloak had before us goes on working, and its counter must grow")
    void aCounterThatGoesBackIsRefusedAndFlagged() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 10)));
        SignIn signIn = realm.web().signIn();
        KeyPage ask = realm.password(new Browser(), signIn, member).as(KeyPage.class);

        for (int count : List.of(10, 9, 0)) {
            ask = ask.answer(key.countedTo(count).get(ask.options())).as(KeyPage.class);
            assertThat(ask.message()).isNotEmpty();
        }

        assertThat(reasons(member)).containsOnly("possible_clone").hasSize(3);
        assertThat(suspected(member)).isTrue();
        Page arrived = ask.answer(key.countedTo(11).get(ask.options()));
        assertKey(signIn.redeem(arrived).tokens().claims(), "pwd", "hwk", "user", "mfa");
    }

    @Test
    @DisplayName("WA-05: two answers with the same counter at once pass once at most")
    void twoAnswersAtOncePassOnce() throws Exception {
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 10)));
        KeyPage one =
                realm.password(new Browser(), realm.web().signIn(), member).as(KeyPage.class);
        KeyPage two =
                realm.password(new Browser(), realm.web().signIn(), member).as(KeyPage.class);
        String first = key.countedTo(11).get(one.options());
        String second = key.get(two.options());

        List<Page> pages = Together.run(List.of(() -> one.answer(first), () -> two.answer(second)));

        assertThat(pages).filteredOn(Arrived.class::isInstance).hasSize(1);
    }

    @Test
    @DisplayName("WA-05: a key without a counter passes again and again")
    void aKeyWithoutCounterPassesAgain() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 0)));

        for (int i = 0; i < 2; i++) {
            KeyPage ask =
                    realm.password(new Browser(), realm.web().signIn(), member).as(KeyPage.class);
            assertThat(ask.answer(key.get(ask.options()))).isInstanceOf(Arrived.class);
        }
        assertThat(suspected(member)).isFalse();
    }

    @Test
    @DisplayName("WA-02, LOCK-02: replayed, foreign and misdirected answers are refused with one text, and lock")
    void wrongAnswersAreCounted() {
        SecurityKey key = SecurityKey.at(origin);
        SecurityKey other = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 0)));
        SignIn signIn = realm.web().signIn();
        KeyPage ask = realm.password(new Browser(), signIn, member).as(KeyPage.class);
        String replayed = key.get(ask.options());
        assertThat(ask.answer(replayed)).isInstanceOf(Arrived.class);
        SecurityKey stranger = SecurityKey.at("https://evil.test");
        Member second = realm.member(List.of(key.asStored("webauthn", 0), stranger.asStored("webauthn", 0)));
        Browser browser = new Browser();
        KeyPage page = realm.password(browser, realm.web().signIn(), second).as(KeyPage.class);
        List<String> texts = new ArrayList<>();

        page = page.answer(replayed).as(KeyPage.class);
        texts.add(page.message());
        page = page.answer(other.get(page.options())).as(KeyPage.class);
        texts.add(page.message());
        page = page.answer(stranger.get(page.options())).as(KeyPage.class);
        texts.add(page.message());
        page = page.answer("{}").as(KeyPage.class);
        texts.add(page.message());
        page = page.answer(key.get(Json.read("{\"rpId\":\"localhost\",\"challenge\":\"AAAA\"}")))
                .as(KeyPage.class);
        texts.add(page.message());

        assertThat(texts).doesNotContain("").containsOnly(texts.get(0));
        assertThat(new Locks(server).failures(second)).isEqualTo(4);
        assertThat(page.answer(replayed)).isInstanceOf(LockedPage.class);
        assertThat(realm.password(new Browser(), realm.web().signIn(), second)).isInstanceOf(LockedPage.class);
    }

    @Test
    @DisplayName("WA-02: a challenge takes one answer, whatever page sends it")
    void aChallengeTakesOneAnswer() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 0)));
        Browser browser = new Browser();
        KeyPage ask = realm.password(browser, realm.web().signIn(), member).as(KeyPage.class);
        String right = key.get(ask.options());

        KeyPage again = ask.answer(SecurityKey.at(origin).get(ask.options())).as(KeyPage.class);
        Page late = again.answer(right);

        assertThat(late).isInstanceOf(KeyPage.class);
    }

    @Test
    @DisplayName("WA-06: a key of one user can't be registered by another; after its removal it can")
    void aKeyBelongsToOneUser() {
        SecurityKey key = SecurityKey.at(origin);
        Member owner = enrolled(key);
        Member thief = realm.newcomer();
        SignIn signIn = realm.web().signIn();
        KeyPage enroll = realm.password(new Browser(), signIn, thief).as(KeyPage.class);

        KeyPage refused = enroll.answer(key.create(enroll.options()), "mine").as(KeyPage.class);

        assertThat(refused.message()).isNotEmpty();
        assertThat(realm.credentials(thief)).doesNotContain("webauthn");
        remove(owner);
        assertThat(refused.answer(key.create(refused.options()), "found")).isInstanceOf(RecoveryCodesPage.class);
    }

    @Test
    @DisplayName("WA-06: a key that came with an import and was never used can't be registered by another either")
    void anUnusedKeyBelongsToItsUser() {
        SecurityKey key = SecurityKey.at(origin);
        realm.member(List.of(key.asStored("webauthn", 0)));
        SecurityKey passkey = SecurityKey.at(origin);
        realm.member(List.of(passkey.asStored("webauthn-passwordless", 0)));

        assertNotRegistered(realm, key);
        assertNotRegistered(realm, passkey);
    }

    @Test
    @DisplayName("WA-06: nor one that is from before the pack, whatever way MFA came into force")
    void aKeyFromBeforeUsBelongsToItsUser() {
        MfaRealm old = MfaRealm.stock(server);
        String realmId = old.admin().get(old.name()).path("id").asText();
        SecurityKey key = SecurityKey.at(origin);
        old.member(List.of(key.asStored("webauthn", 0)));
        server.database().update("DELETE FROM MFA_KEY WHERE REALM_ID = ?", realmId);

        old.setUp(Map.of("mfa.methods", "WEBAUTHN"), Rules.FOR_ALL).expect(200);

        assertNotRegistered(old, key);
        server.database().update("DELETE FROM MFA_KEY WHERE REALM_ID = ?", realmId);
        assertThat(server.database().update("DELETE FROM MFA_KEY_SURVEY WHERE REALM_ID = ?", realmId))
                .isOne();
        assertNotRegistered(old, key);
    }

    @Test
    @DisplayName("WA-06: what is known of a key that somebody had once hides nobody who has it now from the survey")
    void whatIsKnownOfARemovedKeyHidesNobody() {
        MfaRealm old = MfaRealm.stock(server);
        String realmId = old.admin().get(old.name()).path("id").asText();
        SecurityKey key = SecurityKey.at(origin);
        old.member(List.of(key.asStored("webauthn", 0)));
        assertThat(server.database()
                        .update(
                                "UPDATE MFA_KEY SET USER_ID = 'left', ENROLLMENT_ID = 'gone' WHERE REALM_ID = ?",
                                realmId))
                .isOne();

        old.setUp(Map.of("mfa.methods", "WEBAUTHN"), Rules.FOR_ALL).expect(200);

        assertNotRegistered(old, key);
    }

    private static void assertNotRegistered(MfaRealm realm, SecurityKey key) {
        Member thief = realm.newcomer();
        KeyPage enroll =
                realm.password(new Browser(), realm.web().signIn(), thief).as(KeyPage.class);

        KeyPage refused = enroll.answer(key.create(enroll.options()), "mine").as(KeyPage.class);

        assertThat(refused.message()).isNotEmpty();
        assertThat(realm.credentials(thief)).doesNotContain("webauthn");
    }

    @Test
    @DisplayName("WA-12, LIFE-03: a second key needs a fresh proof by the first one")
    void aSecondKeyNeedsAFreshProof() {
        SecurityKey key = SecurityKey.at(origin);
        SecurityKey another = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 0)));
        Browser browser = new Browser();
        KeyPage ask = realm.password(browser, realm.web().signIn(), member).as(KeyPage.class);
        assertThat(ask.answer(key.get(ask.options()))).isInstanceOf(Arrived.class);
        growsOld(member);

        KeyPage asked = browser.open(realm.web().signIn(ADD_KEY).address()).as(KeyPage.class);
        assertThat(asked.isEnrollment()).isFalse();
        assertThat(asked.answer(another.create(asked.options()), "sneaked in")).isInstanceOf(KeyPage.class);
        assertThat(realm.credentials(member)).filteredOn("webauthn"::equals).hasSize(1);

        KeyPage askedAgain = browser.open(realm.web().signIn(ADD_KEY).address()).as(KeyPage.class);
        KeyPage enroll = askedAgain.answer(key.get(askedAgain.options())).as(KeyPage.class);
        assertThat(enroll.options().path("excludeCredentials").findValuesAsText("id"))
                .containsExactly(key.id());
        enroll.answer(another.create(enroll.options()), "second");
        assertThat(realm.credentials(member)).filteredOn("webauthn"::equals).hasSize(2);
    }

    @Test
    @DisplayName("WA-13: a key that was removed meanwhile is refused")
    void aRemovedKeyIsRefused() {
        SecurityKey key = SecurityKey.at(origin);
        SecurityKey other = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 0), other.asStored("webauthn", 0)));
        KeyPage ask =
                realm.password(new Browser(), realm.web().signIn(), member).as(KeyPage.class);
        remove(member);

        KeyPage refused = ask.answer(key.get(ask.options())).as(KeyPage.class);

        assertThat(refused.message()).isNotEmpty();
        assertThat(refused.answer(other.get(refused.options()))).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("WA-14: nobody has more than twenty keys")
    void thereIsACapOfKeys() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = withKeys(20, key);

        Page page = another(member, key);

        assertThat(page).isNotInstanceOf(KeyPage.class);
        assertThat(page.describe()).contains("label");
    }

    @Test
    @DisplayName("WA-14: nor do registrations that were begun before, at the same moment, lead past twenty")
    void theCapHoldsWhenAKeyIsStored() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = withKeys(19, key);
        KeyPage one = another(member, key).as(KeyPage.class);
        // what begins later takes the place of what is pending; two that begin at once do not see each other
        String aside = "UPDATE MFA_ENROLLMENT SET USER_ID = ? WHERE USER_ID = ? AND STATUS = 'ENROLLED'";
        assertThat(server.database().update(aside, "aside", member.id())).isOne();
        KeyPage two = another(member, key).as(KeyPage.class);
        assertThat(server.database().update(aside, member.id(), "aside")).isOne();

        one.answer(SecurityKey.at(origin).create(one.options()), "twentieth");
        Page refused = two.answer(SecurityKey.at(origin).create(two.options()), "twenty-first");

        assertThat(refused).isNotInstanceOf(Arrived.class);
        assertThat(realm.credentials(member)).filteredOn("webauthn"::equals).hasSize(20);
    }

    private Member withKeys(int count, SecurityKey first) {
        List<Map<String, Object>> keys = new ArrayList<>(List.of(first.asStored("webauthn", 0)));
        while (keys.size() < count) {
            keys.add(SecurityKey.at(origin).asStored("webauthn", 0));
        }
        return realm.member(keys);
    }

    /** Signs in with the key in a new browser, and asks for a page to make another one. */
    private Page another(Member member, SecurityKey key) {
        Browser browser = new Browser();
        KeyPage ask = realm.password(browser, realm.web().signIn(), member).as(KeyPage.class);
        ask.answer(key.get(ask.options()));
        return browser.open(realm.web().signIn(ADD_KEY).address());
    }

    @Test
    @DisplayName("WA-09, CLM-01: a sign-in by passkey is MFA by itself, counted and single-use")
    void aPasskeyIsMfaByItself() {
        realm.change(Map.of(
                "webAuthnPolicyPasswordlessRpEntityName",
                "keycloak",
                "webAuthnPolicyPasswordlessPasskeysEnabled",
                true));
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn-passwordless", 0)));
        SignIn signIn = realm.web().signIn();

        Page arrived = passkey(new Browser(), signIn, member, key);

        assertKey(signIn.redeem(arrived).tokens().claims(), "hwk", "user", "mfa");
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).hasSize(1);
        for (int i = 0; i < 6; i++) {
            passkey(new Browser(), realm.web().signIn(), member, SecurityKey.at("https://evil.test"));
        }
        assertThat(new Locks(server).failures(member))
                .as("somebody else's keys do not lock him")
                .isZero();
        for (int i = 0; i < 5; i++) {
            passkey(new Browser(), realm.web().signIn(), member, key, "AAAA");
        }
        assertThat(new Locks(server).failures(member)).isEqualTo(5);
        assertThat(passkey(new Browser(), realm.web().signIn(), member, key)).isNotInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("WA-09: a second factor does not sign in by itself, and what demands a verified user gets one")
    void aSecondFactorIsNoPasskey() {
        MfaRealm lax = MfaRealm.setUp(server, Map.of("mfa.methods", "WEBAUTHN"), Rules.NONE);
        lax.change(Map.of(
                "webAuthnPolicyPasswordlessRpEntityName",
                "keycloak",
                "webAuthnPolicyPasswordlessUserVerificationRequirement",
                "required",
                "webAuthnPolicyPasswordlessPasskeysEnabled",
                true));
        SecurityKey factor = SecurityKey.at(origin);
        SecurityKey lazy = SecurityKey.at(origin).withoutUserVerification();
        Member member = lax.member(List.of(factor.asStored("webauthn", 0), lazy.asStored("webauthn-passwordless", 0)));

        assertThat(passkey(new Browser(), lax.web().signIn(), member, factor)).isNotInstanceOf(Arrived.class);
        assertThat(passkey(new Browser(), lax.web().signIn(), member, lazy)).isNotInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("WA-09: the same key without user verification is no second factor in the session that it made")
    void oneKeyIsNotTwoFactors() {
        MfaRealm mixed = MfaRealm.setUp(
                server,
                Map.of("mfa.methods", "WEBAUTHN"),
                Rules.document(Map.of("required", true, "when", Map.of("clients", List.of("shop")))));
        mixed.change(Map.of(
                "webAuthnPolicyPasswordlessRpEntityName",
                "keycloak",
                "webAuthnPolicyPasswordlessUserVerificationRequirement",
                "preferred",
                "webAuthnPolicyPasswordlessPasskeysEnabled",
                true));
        SecurityKey key = SecurityKey.at(origin).withoutUserVerification();
        Member member = mixed.member(List.of(key.asStored("webauthn-passwordless", 0)));
        Browser browser = new Browser();
        SignIn web = mixed.web().signIn();
        assertThat(web.redeem(passkey(browser, web, member, key))
                        .tokens()
                        .claims()
                        .has("mfa_verified"))
                .isFalse();

        KeyPage ask = browser.open(mixed.shop().signIn().address()).as(KeyPage.class);

        assertThat(ask.answer(key.get(ask.options()))).isNotInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("WA-02: a passkey is held to RP ID and origins of its own policy, as configured")
    void aPasskeyHasItsOwnParty() {
        MfaRealm bank = MfaRealm.setUp(server, Map.of("mfa.methods", "WEBAUTHN"), Rules.FOR_ALL);
        bank.change(Map.of(
                "webAuthnPolicyPasswordlessRpEntityName",
                "keycloak",
                "webAuthnPolicyPasswordlessRpId",
                "bank.test",
                "webAuthnPolicyPasswordlessExtraOrigins",
                List.of("https://login.bank.test"),
                "webAuthnPolicyPasswordlessPasskeysEnabled",
                true));
        SecurityKey key = SecurityKey.at("https://login.bank.test");
        SecurityKey elsewhere = SecurityKey.at("https://login.evil.test");
        Member member = bank.member(
                List.of(key.asStored("webauthn-passwordless", 0), elsewhere.asStored("webauthn-passwordless", 0)));
        SignIn signIn = bank.web().signIn();

        Page arrived = passkey(new Browser(), signIn, member, key, "bank.test", "");

        assertKey(signIn.redeem(arrived).tokens().claims(), "hwk", "user", "mfa");
        assertThat(passkey(new Browser(), bank.web().signIn(), member, key, "localhost", ""))
                .isNotInstanceOf(Arrived.class);
        assertThat(passkey(new Browser(), bank.web().signIn(), member, elsewhere, "bank.test", ""))
                .isNotInstanceOf(Arrived.class);
        KeyPage ask = bank.password(new Browser(), bank.web().signIn(), member).as(KeyPage.class);
        assertThat(ask.options().path("rpId").asText()).isEqualTo("bank.test");
        assertThat(ask.answer(key.get(ask.options()))).isInstanceOf(Arrived.class);
    }

    private Page passkey(Browser browser, SignIn signIn, Member member, SecurityKey key) {
        return passkey(browser, signIn, member, key, "");
    }

    private Page passkey(Browser browser, SignIn signIn, Member member, SecurityKey key, String otherChallenge) {
        return passkey(browser, signIn, member, key, "localhost", otherChallenge);
    }

    /** Posts what Keycloak's own login page would post for a passkey. */
    private Page passkey(
            Browser browser, SignIn signIn, Member member, SecurityKey key, String rpId, String otherChallenge) {
        LoginPage login = browser.open(signIn.address()).as(LoginPage.class);
        Matcher challenge = CHALLENGE.matcher(login.html().reply().body());
        assertThat(challenge.find()).isTrue();
        JsonNode credential = Json.read(key.get(Json.read(Json.write(
                Map.of("rpId", rpId, "challenge", otherChallenge.isEmpty() ? challenge.group(1) : otherChallenge)))));
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("credentialId", credential.path("id").asText());
        credential
                .path("response")
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        fields.put(
                "userHandle",
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(member.id().getBytes(StandardCharsets.UTF_8)));
        return browser.submit(login.html().action("password"), fields);
    }

    private Member enrolled(SecurityKey key) {
        Member member = realm.newcomer();
        SignIn signIn = realm.web().signIn();
        KeyPage enroll = realm.password(new Browser(), signIn, member).as(KeyPage.class);
        enroll.answer(key.create(enroll.options()), "key").as(RecoveryCodesPage.class);
        return member;
    }

    /** The first of his keys. */
    private void remove(Member member) {
        String path = realm.name() + "/users/" + member.id() + "/credentials";
        for (JsonNode credential : realm.admin().get(path)) {
            if (credential.path("type").asText().startsWith("webauthn")) {
                realm.admin().delete(path + "/" + credential.path("id").asText());
                return;
            }
        }
    }

    private List<String> reasons(Member member) {
        return realm.audit().of(member.id(), "auth.mfa_failed").stream()
                .map(Audit.Row::reason)
                .toList();
    }

    private boolean suspected(Member member) {
        return !server.database()
                .rows("SELECT 1 FROM MFA_ENROLLMENT WHERE USER_ID = ? AND CLONE_SUSPECTED_AT IS NOT NULL", member.id())
                .isEmpty();
    }

    private void growsOld(Member member) {
        server.database()
                .update(
                        "UPDATE MFA_EVIDENCE SET VERIFIED_AT = VERIFIED_AT - ? WHERE USER_ID = ?",
                        Duration.ofMinutes(10).toMillis(),
                        member.id());
    }

    private static void assertKey(JsonNode claims, String... amr) {
        assertThat(claims.path("mfa_verified").asBoolean()).isTrue();
        assertThat(claims.path("mfa_method").asText()).isEqualTo("WEBAUTHN");
        assertThat(claims.path("acr").asText()).isEqualTo("mfa");
        List<String> named = new ArrayList<>();
        claims.path("amr").forEach(value -> named.add(value.asText()));
        assertThat(named).containsExactlyInAnyOrder(amr);
    }
}
