package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server stands behind proxies that append: of the hops the right-most counts that is no proxy of ours. */
final class BehindProxiesIT {

    private static final String[] CORPORATE = {"10.20.0.0/16", "2001:db8:20::/48"};
    private static final String PROXIES = "127.0.0.1,192.0.2.0/28";

    @ParameterizedTest
    @DisplayName("POL-11: behind proxies that append X-Forwarded-For")
    @ValueSource(strings = {"", "--proxy-trusted-addresses=127.0.0.1", "--proxy-trusted-addresses=198.51.100.1"})
    void appended(String more) {
        List<String> options =
                more.isEmpty() ? List.of("--proxy-headers=xforwarded") : List.of("--proxy-headers=xforwarded", more);
        try (KeycloakServer server = SharedServer.start("journey-xforwarded", options)) {
            Places places = Places.with(server, PROXIES, CORPORATE);

            assertInside(
                    places,
                    "X-Forwarded-For",
                    "10.20.0.1",
                    "203.0.113.9, 10.20.0.1",
                    "unknown, 10.20.0.1",
                    "203.0.113.9,10.20.0.1,192.0.2.1",
                    "2001:db8:20::1",
                    "[2001:db8:20::1]:4711",
                    "10.20.0.1:4711");
            assertOutside(
                    places,
                    "X-Forwarded-For",
                    "203.0.113.9",
                    "10.20.0.1, 203.0.113.9",
                    "10.20.0.1, 203.0.113.9, 192.0.2.1",
                    "10.20.0.1, 10.20.0.2, 2001:db8:21::1",
                    "10.20.0.1, unknown",
                    "10.20.0.1,",
                    "10.20.0.1, 10.20.0.1x",
                    "127.0.0.1",
                    "127.0.0.1, 192.0.2.1");
            assertOutside(places, "Forwarded", "for=10.20.0.1");
            assertOutside(places, "X-Real-IP", "10.20.0.1");
            places.assertOutside(Map.of());
            theLastOfSeveralHeadersCounts(places, "X-Forwarded-For", "10.20.0.1", "203.0.113.9");
            aRefreshIsAskedToo(places, "X-Forwarded-For", "10.20.0.1", "203.0.113.9");
            theTrailSaysWhere(places);
            withoutKnownProxiesNobodyIsInside(server, "X-Forwarded-For", "10.20.0.1");
            fromNoProxyTheHeaderIsIgnored(server, "X-Forwarded-For", "10.20.0.1");
        }
    }

    @Test
    @DisplayName("POL-11: behind proxies that append Forwarded")
    void forwarded() {
        try (KeycloakServer server = SharedServer.start("journey-forwarded", List.of("--proxy-headers=forwarded"))) {
            Places places = Places.with(server, PROXIES, CORPORATE);

            assertInside(
                    places,
                    "Forwarded",
                    "for=10.20.0.1",
                    "for=203.0.113.9, for=10.20.0.1;by=192.0.2.1",
                    "for=203.0.113.9, for=10.20.0.1, for=192.0.2.1",
                    "for=\"[2001:db8:20::1]:4711\"");
            assertOutside(
                    places,
                    "Forwarded",
                    "for=203.0.113.9",
                    "for=10.20.0.1, for=203.0.113.9",
                    "for=10.20.0.1, for=203.0.113.9, for=192.0.2.1",
                    "for=10.20.0.1, for=unknown",
                    "for=10.20.0.1, for=_hidden",
                    "for=10.20.0.1;for=10.20.0.2",
                    "by=10.20.0.1",
                    "10.20.0.1");
            assertOutside(places, "X-Forwarded-For", "10.20.0.1");
            theLastOfSeveralHeadersCounts(places, "Forwarded", "for=10.20.0.1", "for=203.0.113.9");
            aRefreshIsAskedToo(places, "Forwarded", "for=10.20.0.1", "for=203.0.113.9");
            withoutKnownProxiesNobodyIsInside(server, "Forwarded", "for=10.20.0.1");
            fromNoProxyTheHeaderIsIgnored(server, "Forwarded", "for=10.20.0.1");
        }
    }

    private static void assertInside(Places places, String header, String... values) {
        for (String value : values) {
            places.assertInside(Map.of(header, value));
        }
    }

    private static void assertOutside(Places places, String header, String... values) {
        for (String value : values) {
            places.assertOutside(Map.of(header, value));
        }
    }

    private static void theLastOfSeveralHeadersCounts(Places places, String header, String inside, String outside) {
        OidcClient web = places.realm().web();

        assertThat(places.askedDirectly(web, twice(header, inside, outside))).isTrue();
        assertThat(places.askedDirectly(web, twice(header, outside, inside))).isFalse();
    }

    /** Java's client sends both: names of another case are other keys, and the same header. */
    private static Map<String, String> twice(String header, String first, String second) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(header, first);
        headers.put(header.toUpperCase(Locale.ROOT), second);
        return headers;
    }

    private static void aRefreshIsAskedToo(Places places, String header, String inside, String outside) {
        OidcClient web = places.realm().web();
        Tokens tokens = places.password(web, Map.of(header, inside)).tokens();

        TokenReply refused = places.refresh(web, tokens, Map.of(header, outside));
        TokenReply granted = places.refresh(web, tokens, Map.of(header, inside));

        assertThat(refused.error()).as(refused.describe()).isEqualTo("mfa_required");
        assertThat(granted.granted()).as(granted.describe()).isTrue();
    }

    /** AUD-01, AUD-04: the address that the policy judged, whoever was connected, and what was claimed, on one line. */
    private static void theTrailSaysWhere(Places places) {
        OidcClient shop = places.realm().shop();
        OidcClient web = places.realm().web();
        places.password(shop, Map.of("X-Forwarded-For", "203.0.113.9, 10.20.0.1"));
        Audit.Row judged = places.last();
        places.password(web, Map.of("X-Forwarded-For", "10.20.0.1, =1+1;${jndi:ldap://127.0.0.1/x}"));
        Audit.Row malformed = places.last();
        RawCall.post(
                URI.create(places.realm().address() + "/protocol/openid-connect/token"),
                places.form(web),
                "X-Forwarded-For: 10.20.0.1\u001b[2J\u009b\u202e\u2028\"\r\n".getBytes(StandardCharsets.UTF_8));
        Audit.Row hostile = places.last();

        assertThat(judged.text("ip")).isEqualTo("10.20.0.1");
        assertThat(judged.detail("proxy")).isEqualTo("127.0.0.1");
        assertThat(judged.detail("forwarded")).isEqualTo("203.0.113.9, 10.20.0.1");
        assertThat(malformed.text("ip")).isEmpty();
        assertThat(malformed.detail("proxy")).isEqualTo("127.0.0.1");
        assertThat(malformed.detail("forwarded")).endsWith("=1+1;${jndi:ldap://127.0.0.1/x}");
        assertThat(hostile.detail("forwarded").codePoints().filter(Character::isISOControl))
                .isEmpty();
    }

    private static void withoutKnownProxiesNobodyIsInside(KeycloakServer server, String header, String value) {
        Places nowhere = Places.with(server, "", "0.0.0.0/0", "::/0");

        nowhere.assertOutside(Map.of(header, value));
        nowhere.assertOutside(Map.of());
    }

    private static void fromNoProxyTheHeaderIsIgnored(KeycloakServer server, String header, String value) {
        Places direct = Places.with(server, "192.0.2.0/28", "10.20.0.0/16");
        Places local = Places.with(server, "192.0.2.0/28", "127.0.0.0/8");

        direct.assertOutside(Map.of(header, value));
        local.assertInside(Map.of(header, value));
    }
}
