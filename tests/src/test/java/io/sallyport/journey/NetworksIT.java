package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No proxy is configured: the client's address is the connection's, whatever it writes into headers. */
@TestInstance(Lifecycle.PER_CLASS)
final class NetworksIT {

    private KeycloakServer server;

    @BeforeAll
    void listenInBothFamilies() {
        server = SharedServer.start("journey-networks", List.of("--http-host=::"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("POL-10: MFA is skipped inside the corporate network only, in both families")
    void insideAndOutside() {
        Places four = Places.with(server, "", "127.0.0.0/8");
        Places six = Places.with(server, "", "::1/128", "2001:db8::/32");
        Places elsewhere = Places.with(server, "", "10.20.0.0/16", "2001:db8::/32");

        four.assertInside(Map.of());
        six.assertOutside(Map.of());
        elsewhere.assertOutside(Map.of());
        assertThat(six.askedDirectly(overIpv6(six.realm().web()), Map.of())).isFalse();
        assertThat(six.askedDirectly(overIpv6(six.realm().shop()), Map.of())).isTrue();
        assertThat(four.askedDirectly(overIpv6(four.realm().web()), Map.of())).isTrue();
        assertThat(four.askedDirectly(overIpv6(four.realm().shop()), Map.of())).isFalse();
        assertThat(six.realm()
                        .password(new Browser(), overIpv6(six.realm().web()).signIn(), six.member()))
                .isInstanceOf(Arrived.class);
        assertThat(four.realm()
                        .password(new Browser(), overIpv6(four.realm().web()).signIn(), four.member()))
                .isInstanceOf(EnrollTotpPage.class);
    }

    @Test
    @DisplayName("POL-10: a session that began inside is not refreshed outside")
    void aRefreshIsAskedToo() {
        Places places = Places.with(server, "", "127.0.0.0/8");
        MfaRealm realm = places.realm();
        nameItself(realm);
        Tokens tokens = places.password(realm.web(), Map.of()).tokens();

        TokenReply outside = places.refresh(overIpv6(realm.web()), tokens, Map.of());
        TokenReply inside = places.refresh(realm.web(), tokens, Map.of());

        assertThat(outside.error()).as(outside.describe()).isEqualTo("mfa_required");
        assertThat(outside.status()).isEqualTo(403);
        assertThat(inside.granted()).as(inside.describe()).isTrue();
    }

    @ParameterizedTest
    @DisplayName("POL-11: without a proxy no header moves anybody")
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Forwarded-For | 10.20.0.1",
                "X-Forwarded-For | 10.20.0.1, 10.20.0.2",
                "X-Forwarded-For | 203.0.113.9, 10.20.0.1",
                "Forwarded | for=10.20.0.1",
                "Forwarded | for=10.20.0.1;proto=http, for=10.20.0.2",
                "X-Real-IP | 10.20.0.1",
                "True-Client-IP | 10.20.0.1",
                "CF-Connecting-IP | 10.20.0.1"
            })
    void noHeaderIsBelieved(String name, String value) {
        Places places = Places.with(server, "127.0.0.0/8,::1/128", "10.20.0.0/16");

        places.assertOutside(Map.of(name, value));
        places.assertOutside(Map.of(name, value, name.toLowerCase(Locale.ROOT), "10.20.0.7"));
    }

    @ParameterizedTest
    @DisplayName("POL-13: a bad range is refused with its path, and nothing changes")
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.1/8", "2001:db8::/129", "10.*.0.0", "corp.example", ""})
    void aBadRangeIsRefused(String range) {
        MfaRealm realm = MfaRealm.stock(server);
        Map<String, Object> when = Map.of("inside_networks", List.of("10.0.0.0/8", range));

        Reply policy = realm.setUp(Map.of(), Rules.document(Map.of("required", true, "when", when)));
        Reply settings = realm.setUp(Map.of("mfa.network.proxies", "10.0.0.0/8," + range), Rules.NONE);

        assertThat(policy.status()).as(policy.body()).isEqualTo(400);
        assertThat(policy.body()).contains("rules[0].when.inside_networks");
        assertThat(settings.status()).as(settings.body()).isEqualTo(400);
        assertThat(settings.body()).contains("mfa.network.proxies");
        assertThat(realm.backend()
                        .password(realm.newcomer().username(), Member.PASSWORD)
                        .granted())
                .isTrue();
    }

    @Test
    @DisplayName("POL-13: no range and the same range twice are refused, everything is taken")
    void emptyNeverMeansAll() {
        MfaRealm realm = MfaRealm.stock(server);

        assertThat(setUp(realm, List.of()).status()).isEqualTo(400);
        assertThat(setUp(realm, List.of("192.0.2.1", "192.0.2.1/32")).status()).isEqualTo(400);
        assertThat(setUp(realm, List.of("0.0.0.0/0", "::/0")).status()).isEqualTo(200);
    }

    private static Reply setUp(MfaRealm realm, List<String> networks) {
        return realm.setUp(
                Map.of(), Rules.document(Map.of("required", true, "when", Map.of("outside_networks", networks))));
    }

    /** Its tokens then name the same issuer over both families. */
    private void nameItself(MfaRealm realm) {
        ObjectNode self = (ObjectNode) realm.admin().get(realm.name());
        self.withObject("attributes").put("frontendUrl", server.address().toString());
        realm.admin().put(realm.name(), self);
    }

    private OidcClient overIpv6(OidcClient client) {
        URI realm = URI.create(client.realm().toString().replace("localhost", "[::1]"));
        return new OidcClient(realm, client.id(), Optional.empty(), client.redirectUri());
    }
}
