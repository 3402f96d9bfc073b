package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Coverage on the database of production, which gathers and sorts texts in its own way. */
@Journey
final class CoveragePostgresIT extends CoverageJourneys {

    /** More than are looked at for one page. */
    private static final int CROWD = 12_000;

    private final KeycloakServer server;
    private final MfaRealm town;

    CoveragePostgresIT(PostgresServer server) {
        super(server.keycloak());
        this.server = server.keycloak();
        this.town = MfaRealm.stock(this.server);
    }

    /** 12,000 people without a factor, every hundredth of them a guest; but one in the middle and the last have keys. */
    @BeforeAll
    void crowd() {
        Structure structure = new Structure(town);
        String guests = structure.group("guests", structure.group("visitors"));
        String staff = structure.group("staff");
        structure.role("trader");
        town.setUp(
                        Map.of(),
                        Map.of(
                                "rules",
                                List.of(
                                        Map.of("name", "all", "required", true, "grace", Map.of("days", 14)),
                                        Map.of(
                                                "name",
                                                "traders",
                                                "required",
                                                true,
                                                "when",
                                                Map.of("roles", List.of("trader"))),
                                        Map.of(
                                                "name",
                                                "visitors",
                                                "required",
                                                false,
                                                "scope",
                                                Map.of("group", "/visitors"),
                                                "reason",
                                                "a day",
                                                "valid_until",
                                                END))))
                .expect(200);
        Database database = server.database();
        database.update(
                "insert into USER_ENTITY (ID, EMAIL_CONSTRAINT, ENABLED, EMAIL_VERIFIED, REALM_ID, USERNAME, NOT_BEFORE)"
                        + " select md5(r.NAME || i)::uuid::text, md5(r.NAME || i), true, false, r.ID, 'p' || to_char(i, 'FM00000'), 0"
                        + " from REALM r, generate_series(1, ?) i where r.NAME = ?",
                CROWD,
                town.name());
        database.update(
                "insert into USER_ROLE_MAPPING (ROLE_ID, USER_ID) select r.DEFAULT_ROLE, md5(r.NAME || i)::uuid::text"
                        + " from REALM r, generate_series(1, ?) i where r.NAME = ?",
                CROWD,
                town.name());
        join(staff, 1);
        join(guests, 100);
        database.update(
                "insert into CREDENTIAL (ID, TYPE, USER_ID, CREATED_DATE, PRIORITY, SECRET_DATA, CREDENTIAL_DATA)"
                        + " select md5('key' || ? || i)::uuid::text, 'webauthn', md5(? || i)::uuid::text, 1, 10, '{}', '{}'"
                        + " from generate_series(?, ?, ?) i",
                town.name(),
                town.name(),
                CROWD / 2,
                CROWD,
                CROWD / 2);
    }

    @ParameterizedTest
    @DisplayName("A page costs the same few statements for one user as for a hundred, wherever it stands")
    @CsvSource({"all, 6", "missing, 6", "required_missing, 6", "exempt, 7", "locked, 2"})
    void statements(String state, int most) {
        StatementCount statements = StatementCount.in(server.database());
        long one = statements.reading(() -> page(state, 1, ""));
        String next = "&after=" + page(state, 100, "").path("next").asText();
        String after = next.endsWith("=") ? "" : next;

        assertThat(one).isLessThanOrEqualTo(most);
        assertThat(statements.reading(() -> page(state, 100, ""))).isEqualTo(one);
        assertThat(statements.reading(() -> page(state, 100, after))).isEqualTo(one);
    }

    @ParameterizedTest
    @DisplayName("Who is one of very many is found, on a later page than the first, and nobody twice")
    @CsvSource({
        "enrolled, 500, 2",
        "exempt, 50, 120",
        "exempt, 500, 120",
        "missing, 500, 11998",
        "required_missing, 500, 11880"
    })
    void few(String state, int max, int users) {
        List<String> found = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = page(state, max, after);
            assertThat(page.path("users").size()).isLessThanOrEqualTo(max);
            page.path("users").forEach(one -> found.add(one.path("username").asText()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty() && found.size() <= CROWD);

        assertThat(found).hasSize(users).doesNotHaveDuplicates().isSorted();
    }

    @Test
    @DisplayName("A page that looked at all it may is empty and goes on")
    void emptyPage() {
        JsonNode page = page("enrolled", 100, "");

        assertThat(page.path("users")).isEmpty();
        assertThat(page.has("next")).isTrue();
    }

    /** Every so many of them are in a group. */
    private void join(String group, int every) {
        server.database()
                .update(
                        "insert into USER_GROUP_MEMBERSHIP (GROUP_ID, USER_ID, MEMBERSHIP_TYPE)"
                                + " select ?, md5(? || i)::uuid::text, 'UNMANAGED' from generate_series(?, ?, ?) i",
                        group,
                        town.name(),
                        every,
                        CROWD,
                        every);
    }

    private JsonNode page(String state, int max, String after) {
        return town.admin().get(town.name() + "/mfa/coverage/users?state=" + state + "&max=" + max + after);
    }
}
