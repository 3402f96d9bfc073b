package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A realm whose policy depends on where one is: the web application asks whoever is outside of a corporate network, the
 * shop asks whoever is inside of it.
 *
 * @param realm the realm
 * @param member somebody without a factor: whoever has one is asked by the stock flows anyway
 */
record Places(MfaRealm realm, Member member) {

    static Places with(KeycloakServer server, String proxies, String... corporate) {
        Map<String, String> settings = proxies.isEmpty() ? Map.of() : Map.of("mfa.network.proxies", proxies);
        MfaRealm realm = MfaRealm.setUp(
                server,
                settings,
                Map.of(
                        "rules",
                        List.of(
                                rule("web", "outside_networks", List.of(corporate)),
                                rule("shop", "inside_networks", List.of(corporate)))));
        realm.change(Map.of("sslRequired", "none")); // or Keycloak wants HTTPS of every address that is not private
        return new Places(realm, realm.newcomer());
    }

    private static Map<String, Object> rule(String client, String networks, List<String> corporate) {
        return Map.of(
                "name", client, "required", true, "when", Map.of("clients", List.of(client), networks, corporate));
    }

    /** Whoever sends these headers is inside: the shop asks, the web application does not. */
    void assertInside(Map<String, String> headers) {
        assertThat(asked(realm.web(), headers)).as("outside by %s", headers).isFalse();
        assertThat(asked(realm.shop(), headers)).as("inside by %s", headers).isTrue();
    }

    /** Whoever sends these headers is outside, or nobody knows where. */
    void assertOutside(Map<String, String> headers) {
        assertThat(asked(realm.web(), headers)).as("outside by %s", headers).isTrue();
        assertThat(asked(realm.shop(), headers)).as("inside by %s", headers).isFalse();
    }

    /** Whether MFA is asked for, which pages and the password grant must agree on. */
    private boolean asked(OidcClient client, Map<String, String> headers) {
        boolean asked = askedDirectly(client, headers);
        Page page = realm.password(new Browser(headers), client.signIn(), member);
        assertThat(page)
                .as("%s at %s", headers, client.id())
                .isInstanceOf(asked ? EnrollTotpPage.class : Arrived.class);
        return asked;
    }

    /** Whether the password grant asks for MFA. */
    boolean askedDirectly(OidcClient client, Map<String, String> headers) {
        TokenReply reply = password(client, headers);
        if (!reply.granted()) {
            assertThat(reply.error()).as(reply.describe()).isEqualTo("mfa_required");
        }
        return !reply.granted();
    }

    TokenReply password(OidcClient client, Map<String, String> headers) {
        return new TokenReply(client.post("token", form(client), headers));
    }

    /** What the password grant posts. */
    Map<String, String> form(OidcClient client) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("client_id", client.id());
        form.put("username", member.username());
        form.put("password", Member.PASSWORD);
        return form;
    }

    /** The newest row of the trail about the member. */
    Audit.Row last() {
        List<Audit.Row> rows = realm.audit().of(member.id());
        return rows.get(rows.size() - 1);
    }

    TokenReply refresh(OidcClient client, Tokens tokens, Map<String, String> headers) {
        return new TokenReply(client.post(
                "token",
                Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        tokens.refresh().orElseThrow()),
                headers));
    }
}
