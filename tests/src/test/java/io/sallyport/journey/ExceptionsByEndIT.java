package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The register of exceptions comes in the order in which they end, page by page. */
@Journey
final class ExceptionsByEndIT {

    private static final List<String> ENDS = List.of(
            "+12000-01-01T00:00:00Z",
            "2031-05-01T00:00:00Z",
            "2030-01-01T00:00:00Z",
            "2030-01-01T00:00:00.500Z",
            "2030-01-01T00:00:00Z",
            "2029-12-31T23:59:59Z");

    private final Policies policies;
    private final MfaRealm realm;

    ExceptionsByEndIT(KeycloakServer server) {
        realm = MfaRealm.setUp(server, Map.of(), Rules.FOR_ALL);
        policies = Policies.of(realm);
    }

    @BeforeAll
    void exceptions() {
        for (String end : ENDS) {
            policies.create(Map.of(
                            "required",
                            false,
                            "scope",
                            Map.of("user", realm.newcomer().username()),
                            "reason",
                            "not \"valid_until\":\"2020-01-01T00:00:00Z\"",
                            "valid_until",
                            end))
                    .expect(201);
        }
    }

    @Test
    @DisplayName("The next to end comes first, each once, whatever the size of a page")
    void byTheirEnd() {
        for (int size : List.of(1, 2, 5, 100)) {
            List<JsonNode> found = all("?exceptions=true&max=" + size);

            assertThat(found)
                    .extracting(rule -> rule.path("valid_until").asText().substring(0, 19))
                    .containsExactlyElementsOf(ENDS.stream()
                            .map(end -> end.substring(0, 19))
                            .sorted()
                            .toList());
            assertThat(found).extracting(rule -> rule.path("id").asText()).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("Only those that end at a time or later")
    void fromATimeOn() {
        assertThat(all("?exceptions=true&max=2&ends_from=2030-01-01T00:00:00Z")).hasSize(4);
        assertThat(all("?exceptions=true&max=2&ends_from=2030-01-01T00:00:01Z")).hasSize(1);
        assertThat(all("?exceptions=true&ends_from=2032-01-01T00:00:00Z")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("A place that no page named, and an end without exceptions, are wrong")
    @ValueSource(
            strings = {
                "?exceptions=true&after=something",
                "?exceptions=true&after=2030-01-01T00:00Z~x",
                "?exceptions=true&ends_from=tomorrow",
                "?exceptions=true&ends_from=%2B12000-01-01T00:00:00Z",
                "?ends_from=2030-01-01T00:00:00Z"
            })
    void wrong(String query) {
        realm.admin().tryGet(realm.name() + "/mfa/policies" + query).expect(400);
    }

    private List<JsonNode> all(String query) {
        List<JsonNode> found = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = policies.list(query + after);
            page.path("policies").forEach(found::add);
            after = page.has("next")
                    ? "&after=" + URLEncoder.encode(page.path("next").asText(), UTF_8)
                    : "";
        } while (!after.isEmpty());
        return found;
    }
}
