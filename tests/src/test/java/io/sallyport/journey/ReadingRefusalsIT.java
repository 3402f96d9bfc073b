package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever asks for the trail, coverage or evidence with a slip is told so: he never gets more, less or other than he asked for. */
@Journey
final class ReadingRefusalsIT {

    private static final String LONG = "x".repeat(256);

    private static final List<String> FILTERS = List.of(
            "event_id",
            "user",
            "actor",
            "type",
            "method",
            "outcome",
            "client",
            "session",
            "tenant",
            "ip",
            "rule",
            "correlation_id");

    private static final List<String> NO_TIMES = List.of(
            "from=yesterday",
            "from=2026-02-30",
            "from=1969-12-31T23:59:59Z",
            "from=-1000000000-01-01T00:00:00Z",
            "from=%2B1000000000-12-31T23:59:59Z",
            "from=2026-01-01T00:00:00Z&to=tomorrow",
            "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
            "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z",
            "from=2026-01-01T00:00:00Z&to=0001-01-01T00:00:00Z",
            "from=2026-01-01T00:00:00Z&to=%2B1000000000-12-31T23:59:59Z",
            "from=" + LONG,
            "from=",
            "from=%0A",
            "from=2026-01-01T00:00:00Z&from=2026-01-02T00:00:00Z");

    private final MfaRealm realm;

    ReadingRefusalsIT(PostgresServer server) {
        this.realm = MfaRealm.setUp(server.keycloak(), Map.of(), Rules.FOR_ALL);
    }

    static Stream<String> slips() {
        return Stream.of(trail("audit"), trail("audit/export?format=csv"), pages(), exports(), coverage(), periods())
                .flatMap(some -> some);
    }

    @ParameterizedTest
    @DisplayName(
            "An unknown filter, a value that is none, too long, empty or there twice, and a range the wrong way round")
    @MethodSource("slips")
    void refused(String query) {
        Reply reply = realm.admin().tryGet(realm.name() + "/mfa/" + query);

        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
        assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(reply.json().path("error").asText()).isEqualTo("INVALID_REQUEST");
        assertThat(reply.json().path("problems")).isNotEmpty();
        assertThat(reply.body()).doesNotContain("Exception", "io.sallyport", "org.keycloak", "SELECT", LONG);
    }

    @ParameterizedTest
    @DisplayName("No database ever sees a NUL: Keycloak refuses it already")
    @ValueSource(strings = {"audit?user=a%00b", "coverage/users?state=all&after=%00", "evidence?from=%00"})
    void nul(String query) {
        Reply reply = realm.admin().tryGet(realm.name() + "/mfa/" + query);

        assertThat(reply.status()).isEqualTo(400);
    }

    /** By each filter. */
    private static Stream<String> trail(String path) {
        Stream<String> values = FILTERS.stream()
                .flatMap(name -> Stream.of(
                        name + "=",
                        name + "=%20",
                        name + "=" + LONG,
                        name + "=a%0Ab",
                        name + "=a&" + name + "=a",
                        name.toUpperCase(Locale.ROOT) + "=a",
                        name + "s=a"));
        Stream<String> kinds = Stream.of(
                "type=auth.mfa_made_up",
                "type=1",
                "type=99999999999",
                "type=-1",
                "method=totp",
                "method=PASSWORD",
                "outcome=maybe",
                "outcome=success",
                "usr=x",
                "user=x&offset=1000000000");
        return Stream.of(values, kinds, NO_TIMES.stream())
                .flatMap(some -> some)
                .map(slip -> path + (path.contains("?") ? "&" : "?") + slip);
    }

    private static Stream<String> pages() {
        return Stream.of(
                        "max=0",
                        "max=-1",
                        "max=501",
                        "max=99999999999",
                        "max=1e2",
                        "max=",
                        "max=1&max=2",
                        "cursor=x",
                        "cursor=" + LONG,
                        "cursor=MTIz",
                        "first=0")
                .map(slip -> "audit?" + slip);
    }

    private static Stream<String> exports() {
        return Stream.of(
                "audit/export?format=xml",
                "audit/export?format=csv&format=csv",
                "audit/export?user=x",
                "audit/export?format=ndjson&outcome=FAILURE",
                "audit/export?max=5",
                "audit/export?cursor=x",
                "audit/export/made-up/manifest?format=csv",
                "audit/00000000-0000-0000-0000-000000000000/proof?format=csv");
    }

    private static Stream<String> coverage() {
        Stream<String> numbers = Stream.of(
                "?surprise=1",
                "?by=group&by=role",
                "?by=everything",
                "?by=GROUP",
                "?by=",
                "?by=" + LONG,
                "?format=xml");
        Stream<String> users = Stream.of(
                "/users",
                "/users?state=",
                "/users?state=MISSING",
                "/users?state=" + LONG,
                "/users?state=missing&state=missing",
                "/users?state=missing&max=0",
                "/users?state=missing&max=501",
                "/users?state=missing&max=99999999999",
                "/users?state=missing&max=x",
                "/users?state=missing&after=%21",
                "/users?state=missing&after=AA",
                "/users?state=missing&after=" + LONG + LONG,
                "/users?state=missing&after=" + "YWFh".repeat(86),
                "/users?state=missing&after=",
                "/users?state=missing&by=group",
                "/users?state=missing&from=2026-01-01",
                "/users?state=missing&format=csv&max=5",
                "/users?state=missing&format=ndjson&after=YQ");
        Stream<String> days = Stream.of("/history", "/history?from=2001-01-01", "/history?from=2026-01-01&by=group");
        return Stream.of(numbers, users, days).flatMap(some -> some).map(slip -> "coverage" + slip);
    }

    private static Stream<String> periods() {
        return Stream.of("coverage/history?", "evidence?")
                .flatMap(path -> Stream.concat(
                                NO_TIMES.stream(),
                                Stream.of("to=2026-01-01", "from=2026-01-01&to=2998-01-01", "from=2026-01-01&user=x"))
                        .map(slip -> path + slip));
    }
}
