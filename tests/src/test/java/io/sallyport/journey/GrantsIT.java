package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** TOK-05: a session of a password alone, from before the policy, and every grant that could make tokens of it. */
@Journey
@TestInstance(Lifecycle.PER_METHOD)
final class GrantsIT {

    private final MfaRealm realm;
    private final Member member;
    private final Browser browser = new Browser();
    private final Tokens before;

    /** Everybody's session begins while nothing is required; then MFA is required. */
    GrantsIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        this.member = realm.newcomer();
        SignIn signIn = realm.backend().signIn();
        this.before = signIn.redeem(realm.password(browser, signIn, member)).tokens();
        realm.setUp(Map.of(), Rules.FOR_ALL).expect(200);
    }

    @Test
    @DisplayName("authorization_code: a code that was waiting gets no token")
    void authorizationCode(KeycloakServer server) {
        MfaRealm lax = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        SignIn signIn = lax.web().signIn();
        Page waiting = lax.password(new Browser(), signIn, lax.newcomer());

        lax.setUp(Map.of(), Rules.FOR_ALL).expect(200);

        assertRefused(signIn.redeem(waiting));
    }

    @Test
    @DisplayName("authorization_code: single sign-on leads to enrollment, not to a code")
    void singleSignOn() {
        assertThat(browser.open(realm.web().signIn().address())).isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("implicit and hybrid: single sign-on puts nothing into the fragment")
    void implicitAndHybrid() {
        for (String type : new String[] {"token", "id_token token", "code token"}) {
            SignIn signIn = realm.web().signIn(Map.of("response_type", type));
            assertThat(browser.open(signIn.address())).isNotInstanceOf(Arrived.class);
        }
    }

    @Test
    @DisplayName("password")
    void password() {
        assertRefused(realm.backend().password(member.username(), Member.PASSWORD));
    }

    @Test
    @DisplayName("TOK-04: token exchange")
    void tokenExchange() {
        assertRefused(realm.backend().exchange(before.access()));
    }

    @Test
    @DisplayName("device_code: the person at the browser is asked first, the device gets nothing")
    void deviceCode() {
        Reply begun = realm.backend().post("auth/device", Map.of("scope", "openid"), Map.of());
        String deviceCode = begun.expect(200).json().path("device_code").asText();
        String address = begun.json().path("verification_uri_complete").asText();

        Page page = browser.open(URI.create(address));

        assertThat(page).isNotInstanceOf(Arrived.class);
        TokenReply polled = realm.backend()
                .grant(Map.of("grant_type", "urn:ietf:params:oauth:grant-type:device_code", "device_code", deviceCode));
        assertThat(polled.granted()).as(polled.describe()).isFalse();
    }

    @Test
    @DisplayName("uma-ticket")
    void umaTicket(KeycloakServer server) {
        MfaRealm lax = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        Member somebody = lax.newcomer();
        addResourceFor(somebody, lax);
        String token = lax.backend()
                .password(somebody.username(), Member.PASSWORD)
                .tokens()
                .access();
        assertThat(ticket(lax, token).granted()).isTrue();

        lax.setUp(Map.of(), Rules.FOR_ALL).expect(200);

        assertRefused(ticket(lax, token));
    }

    @Test
    @DisplayName("Nobody else is let in either: the newcomer has no token in any of them, and each refusal has a row")
    void refusalsAreRecorded() {
        realm.backend().exchange(before.access());

        assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused")).isNotEmpty();
    }

    private static TokenReply ticket(MfaRealm realm, String accessToken) {
        return new TokenReply(realm.backend()
                .post(
                        "token",
                        Map.of("grant_type", "urn:ietf:params:oauth:grant-type:uma-ticket", "audience", "resources"),
                        Map.of("Authorization", "Bearer " + accessToken)));
    }

    private static void addResourceFor(Member member, MfaRealm realm) {
        String client = realm.addClient(
                "resources",
                Map.of(
                        "secret", "resources-secret",
                        "serviceAccountsEnabled", true,
                        "authorizationServicesEnabled", true));
        String server = realm.name() + "/clients/" + client + "/authz/resource-server/";
        realm.admin().post(server + "resource", Map.of("name", "a thing"));
        realm.admin().post(server + "policy/user", Map.of("name", "its user", "users", List.of(member.id())));
        realm.admin()
                .post(
                        server + "permission/resource",
                        Map.of("name", "may use it", "resources", List.of("a thing"), "policies", List.of("its user")));
    }

    private static void assertRefused(TokenReply reply) {
        assertThat(reply.granted()).as(reply.describe()).isFalse();
        assertThat(reply.status()).as(reply.describe()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("mfa_required");
    }
}
