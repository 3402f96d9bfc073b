package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Another site makes the victim's browser send what our pages and calls take, with whatever cookies the victim has. */
@Journey
final class CrossSiteIT {

    private static final Set<String> EFFECTS = Set.of(
            "auth.mfa_verified",
            "auth.mfa_failed",
            "auth.mfa_activated",
            "auth.mfa_deactivated",
            "auth.mfa_recovery_reset");

    private final MfaRealm realm;
    private final SelfService calls;

    CrossSiteIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(
                server, Map.of(), SelfService.policy(Rules.FOR_ALL, List.of(SelfService.PAYMENT, SelfService.EXPORT)));
        this.calls = SelfService.of(realm);
    }

    /** A form of ours that does something. */
    private enum Target {
        APPROVE("code"),
        ADD("code"),
        RENEW("renew"),
        REMOVE("accept");

        private final String field;

        Target(String field) {
            this.field = field;
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("FLOW-05: a form of another site approves, adds, renews and removes nothing, even with a right code")
    void aFormOfAnotherSite(Target target) {
        Member victim = realm.enrolledWith("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        Browser browser = new Browser();
        realm.signIn(browser, victim);
        Member thief = realm.enrolledWith("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXQ");
        Browser own = new Browser();
        realm.signIn(own, thief);
        Html thiefs = shown(own, thief, target);
        Html page = shown(browser, victim, target);
        Map<String, String> answer = answer(target, page, victim);
        long before = effects(victim);
        URI action = page.action(target.field);

        for (URI forged : List.of(
                without(action, "session_code"),
                without(action, "session_code", "tab_id", "client_data"),
                without(action, "session_code", "tab_id", "client_data", "client_id", "execution"),
                thiefs.action(target.field))) {
            browser.submit(forged, answer);
            browser.open(URI.create(forged + "&" + Form.encode(answer)));
            assertThat(effects(victim)).as(forged.getQuery()).isEqualTo(before);
        }
        assertThat(effects(thief)).as("the thief's own page").isEqualTo(1);

        Html again = shown(browser, victim, target);
        browser.submit(again.action(target.field), answer(target, again, victim));
        assertThat(effects(victim)).as("the victim's own").isGreaterThan(before);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @DisplayName("FLOW-05: no request that a form can make is a call, whatever it carries")
    @CsvSource({
        "POST, enroll, text/plain",
        "POST, verify, text/plain",
        "POST, challenge, text/plain",
        "POST, authorize, text/plain",
        "POST, recovery-codes, text/plain",
        "POST, enroll, application/x-www-form-urlencoded",
        "POST, verify, application/x-www-form-urlencoded",
        "POST, verify, multipart/form-data",
        "GET, enroll, ",
        "GET, verify, ",
        "GET, recovery-codes, ",
        "GET, authorize, ",
    })
    void noFormIsACall(String method, String call, String type) {
        Member victim = realm.enrolled();
        String token = calls.signIn(victim).access();
        URI address = URI.create(realm.address() + "/v1/auth/mfa/" + call);
        String body = Json.write(Map.of("method", "TOTP", "code", victim.phone().nextCode()));
        long before = effects(victim);

        Reply reply = method.equals("GET")
                ? Http.get(address, Map.of("Authorization", "Bearer " + token))
                : Http.send(method, address, type, body, Map.of("Authorization", "Bearer " + token));

        assertThat(reply.status()).as(reply.body()).isEqualTo(method.equals("GET") ? 404 : 415);
        assertThat(effects(victim)).isEqualTo(before);
    }

    @Test
    @DisplayName("FLOW-05: cookies alone are nobody, in every call")
    void cookiesAreNobody() {
        Member victim = realm.enrolled();
        Browser browser = new Browser();
        realm.signIn(browser, victim);
        String cookies = Stream.of("KEYCLOAK_IDENTITY", "KEYCLOAK_SESSION", "AUTH_SESSION_ID")
                .flatMap(name -> browser.cookie(name).stream().map(value -> name + "=" + value))
                .reduce((one, other) -> one + "; " + other)
                .orElseThrow();

        for (String call : List.of("enroll", "verify", "challenge", "authorize", "recovery-codes")) {
            Reply reply = Http.sendJson(
                    "POST",
                    URI.create(realm.address() + "/v1/auth/mfa/" + call),
                    Json.write(Map.of("method", "TOTP", "code", victim.phone().wrongCode())),
                    Map.of("Cookie", cookies));
            assertThat(reply.status()).as(call).isEqualTo(401);
        }
        assertThat(realm.audit().of(victim.id(), "auth.mfa_failed")).isEmpty();
    }

    @Test
    @DisplayName("API-12: ids of challenges are 256 bits that tell nothing of each other")
    void idsOfChallenges() {
        Member member = realm.enrolled();
        String session = calls.signIn(member).access();

        List<String> ids = Stream.generate(() -> calls.challenge(session, Map.of("action_type", "sign_in"))
                        .expect(200)
                        .json())
                .limit(8)
                .map(reply -> reply.path("challenge_id").asText())
                .toList();

        assertThat(ids)
                .doesNotHaveDuplicates()
                .isNotEqualTo(ids.stream().sorted().toList());
        assertThat(ids).allSatisfy(id -> assertThat(id).matches("[A-Za-z0-9_-]{43}"));
    }

    private Html shown(Browser browser, Member member, Target target) {
        Map<String, String> asked = switch (target) {
            case APPROVE -> Map.of("mfa_action", "export_all_data");
            case ADD -> Map.of("kc_action", "CONFIGURE_TOTP");
            case RENEW -> Map.of("kc_action", "CONFIGURE_RECOVERY_AUTHN_CODES");
            case REMOVE -> Map.of("kc_action", "delete_credential:" + factor(member));
        };
        Page page = browser.open(realm.web().signIn(asked).address());
        return switch (target) {
            case APPROVE -> page.as(ChallengePage.class).html();
            case ADD -> page.as(EnrollTotpPage.class).html();
            case RENEW, REMOVE -> page.as(OtherPage.class).html();
        };
    }

    /** What the page's user would send. */
    private static Map<String, String> answer(Target target, Html page, Member member) {
        return switch (target) {
            case APPROVE ->
                Map.of(
                        "code",
                        member.phone().nextCode(),
                        "enrollment",
                        page.values("enrollment").get(0));
            case ADD ->
                Map.of("code", Phone.with(new EnrollTotpPage(page).secret()).nextCode(), "label", "mine");
            case RENEW -> Map.of("renew", "true");
            case REMOVE -> Map.of("accept", "yes");
        };
    }

    private String factor(Member member) {
        for (JsonNode credential : realm.admin().get(realm.name() + "/users/" + member.id() + "/credentials")) {
            if (credential.path("type").asText().equals("otp")) {
                return credential.path("id").asText();
            }
        }
        throw new IllegalStateException(member.username() + " has no authenticator app");
    }

    /** How many rows tell of something that happened to the member's factors or proofs. */
    private long effects(Member member) {
        return realm.audit().of(member.id()).stream()
                .filter(row -> EFFECTS.contains(row.type()))
                .count();
    }

    private static URI without(URI address, String... names) {
        String query = Stream.of(address.getRawQuery().split("&", -1))
                .filter(parameter -> Stream.of(names).noneMatch(name -> parameter.startsWith(name + "=")))
                .reduce("x=y", (one, other) -> one + "&" + other);
        return URI.create(address.toString().replace(address.getRawQuery(), query));
    }
}
