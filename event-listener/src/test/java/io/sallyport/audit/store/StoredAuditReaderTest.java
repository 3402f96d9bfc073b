package io.sallyport.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import io.sallyport.audit.reading.EventRows;
import io.sallyport.audit.reading.TrailPages;
import io.sallyport.event.AuditCursor;
import io.sallyport.event.AuditFilter;
import io.sallyport.event.AuditPage;
import io.sallyport.event.AuditQuery;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.KeycloakSession;

final class StoredAuditReaderTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");

    private static final String INSERT = "INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, USER_ID,"
            + " CLIENT_ID, OUTCOME, CORRELATION_ID, DETAILS, TIMESTAMP)";

    private final AuditTable table = new AuditTable();

    StoredAuditReaderTest() throws Exception {}

    @AfterEach
    void dropTable() {
        table.close();
    }

    @Test
    void aRowIsReadAsItWasWritten() {
        AuditRecord says = full(Map.of("enrollment_id", "\"e\"", "before", "x".repeat(9_000)));
        write(says);

        assertThat(read(AuditQuery.all(500)).rows())
                .containsExactly(Map.ofEntries(
                        Map.entry("event_id", "6f1c6c0a-3b0e-4a37-9a52-0d5c7a3f1e11"),
                        Map.entry("event_code", 10099L),
                        Map.entry("event_type", "auth.mfa_failed"),
                        Map.entry("realm_id", "realm-1"),
                        Map.entry("tenant", "org-1 org-2"),
                        Map.entry("actor", "admin-1"),
                        Map.entry("user_id", "user-1"),
                        Map.entry("client_id", "shop"),
                        Map.entry("session_id", "session-1"),
                        Map.entry("ip", "192.0.2.7"),
                        Map.entry("user_agent", "Zoë 🔑"),
                        Map.entry("method", "TOTP"),
                        Map.entry("outcome", "FAILURE"),
                        Map.entry("reason", "replayed"),
                        Map.entry("attempt", 3L),
                        Map.entry("rule", "rule-1"),
                        Map.entry("policy_version", 7L),
                        Map.entry("correlation_id", "request-1"),
                        Map.entry("timestamp", "2026-01-01T12:00:00.123Z"),
                        Map.entry("details", Map.of("enrollment_id", "\"e\"", "before", "x".repeat(9_000)))));
    }

    @Test
    void whatDoesNotApplyIsLeftOut() {
        write(about("user-1", MfaEventType.VERIFIED, NOON));

        assertThat(read(AuditQuery.all(1)).rows())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .doesNotContainKeys("tenant", "ip", "reason", "attempt", "rule", "policy_version")
                        .containsEntry("details", Map.of()));
    }

    @Test
    @DisplayName("AUD-05: what somebody wrote where a person was erased is not shown")
    void whatStandsWhereAPersonWasErasedIsNotShown() throws Exception {
        write(full(Map.of("enrollment_id", "e")));
        try (Connection connection = table.connect();
                Statement update = connection.createStatement()) {
            update.execute("UPDATE MFA_AUDIT SET SUBJECT_HASH = 'h'");
            assertThat(read(AuditQuery.all(1)).rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .doesNotContainKeys("user_id", "reason", "details")
                            .containsEntry("actor", "admin-1")
                            .containsEntry("erased", List.of("subject")));

            update.execute("UPDATE MFA_AUDIT SET ACTOR_HASH = 'h'");
            assertThat(read(by(Map.of(AuditFilter.CLIENT, "shop", AuditFilter.OUTCOME, "FAILURE")))
                            .rows())
                    .singleElement()
                    .satisfies(row -> assertThat(row)
                            .doesNotContainKeys("actor", "session_id", "ip", "user_agent", "correlation_id")
                            .containsEntry("client_id", "shop")
                            .containsEntry("erased", List.of("subject", "actor")));
            assertThat(EventRows.of(connection, List.of("6f1c6c0a-3b0e-4a37-9a52-0d5c7a3f1e11"), row -> row))
                    .singleElement()
                    .satisfies(row -> assertThat(row).doesNotContainKeys("user_id", "details", "actor", "ip"));
        }
    }

    @Test
    void theNewestComesFirstAndPagesDoNotOverlap() {
        for (int second = 0; second < 5; second++) {
            write(about("user-" + second, MfaEventType.VERIFIED, NOON.plusSeconds(second)));
        }

        AuditQuery two = AuditQuery.all(2);
        AuditPage first = read(two);
        AuditPage second = read(two.after(first.next().orElseThrow()));
        AuditPage third = read(two.after(second.next().orElseThrow()));

        assertThat(users(first)).containsExactly("user-4", "user-3");
        assertThat(users(second)).containsExactly("user-2", "user-1");
        assertThat(users(third)).containsExactly("user-0");
        assertThat(third.next()).isEmpty();
    }

    @Test
    void rowsOfOneTimeAreNeitherLostNorRepeatedBetweenPages() {
        for (int row = 0; row < 7; row++) {
            write(about("user-" + row, MfaEventType.VERIFIED, NOON));
        }

        List<Object> read = new ArrayList<>();
        AuditPage page = read(AuditQuery.all(2));
        read.addAll(users(page));
        while (page.next().isPresent()) {
            page = read(
                    AuditQuery.all(2).after(AuditCursor.parse(page.next().get().toString())));
            read.addAll(users(page));
        }

        assertThat(read).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void aRowThatComesMeanwhileShiftsNoPage() {
        write(about("old", MfaEventType.VERIFIED, NOON));
        write(about("new", MfaEventType.VERIFIED, NOON.plusSeconds(1)));
        AuditCursor next = read(AuditQuery.all(1)).next().orElseThrow();
        write(about("newest", MfaEventType.VERIFIED, NOON.plusSeconds(2)));

        assertThat(users(read(AuditQuery.all(1).after(next)))).containsExactly("old");
    }

    @ParameterizedTest
    @CsvSource({
        "USER, user-1",
        "ACTOR, admin-1",
        "TYPE, 10099",
        "METHOD, TOTP",
        "OUTCOME, FAILURE",
        "CLIENT, shop",
        "SESSION, session-1",
        "TENANT, org-1",
        "TENANT, org-2",
        "IP, 192.0.2.7",
        "RULE, rule-1",
        "CORRELATION_ID, request-1",
        "EVENT_ID, 6f1c6c0a-3b0e-4a37-9a52-0d5c7a3f1e11"
    })
    void rowsAreFoundByWhatTheySay(AuditFilter filter, String value) {
        AuditRecord full = full(Map.of());
        write(full);
        write(about("user-2", MfaEventType.LOCKED, NOON));

        assertThat(read(by(Map.of(filter, value))).rows())
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("event_id", full.eventId()));
    }

    @Test
    void whatIsFoundSaysAllThatIsLookedFor() {
        write(full(Map.of()));

        assertThat(read(by(Map.of(AuditFilter.USER, "user-1", AuditFilter.OUTCOME, "SUCCESS")))
                        .rows())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "TYPE", mode = EnumSource.Mode.EXCLUDE)
    void noValueIsMoreThanAText(AuditFilter filter) {
        write(full(Map.of()));

        assertThat(read(by(Map.of(filter, "' or '1'='1"))).rows()).isEmpty();
        assertThat(read(by(Map.of(filter, "%"))).rows()).isEmpty();
    }

    @Test
    void theBeginningOfATimeIsInAndItsEndIsNot() {
        for (int second = 0; second < 4; second++) {
            write(about("user-" + second, MfaEventType.VERIFIED, NOON.plusSeconds(second)));
        }

        AuditPage page = read(new AuditQuery(
                Map.of(), Optional.of(NOON.plusSeconds(1)), Optional.of(NOON.plusSeconds(3)), Optional.empty(), 9));

        assertThat(users(page)).containsExactly("user-2", "user-1");
    }

    @Test
    void anotherRealmIsNotRead() {
        write(about("user-1", MfaEventType.VERIFIED, NOON));

        assertThat(table.<AuditPage>read(em -> new StoredAuditReader(mock(KeycloakSession.class), em)
                                .read("realm-2", AuditQuery.all(9)))
                        .rows())
                .isEmpty();
    }

    @Test
    void theSameEventIsNotWrittenTwice() {
        AuditRecord once = about("user-1", MfaEventType.VERIFIED, NOON);
        write(once);

        assertThatThrownBy(() -> write(once)).isInstanceOf(PersistenceException.class);
    }

    @Test
    void theColumnIsCalledTimestamp() throws Exception {
        write(about("user-1", MfaEventType.VERIFIED, NOON));

        try (Connection connection = table.connect();
                Statement query = connection.createStatement();
                ResultSet row =
                        query.executeQuery("select event_id, user_id, method, outcome, ip, timestamp from mfa_audit")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getLong("timestamp")).isEqualTo(NOON.toEpochMilli());
        }
    }

    @Test
    void filtersThatHardlyMeetLeadOnPageByPageAndLoseNothing() throws Exception {
        try (Connection connection = table.connect();
                Statement insert = connection.createStatement()) {
            insert.execute(
                    INSERT + " SELECT RANDOM_UUID(), 10093, 'auth.mfa_verified', 'realm-1', 'user-' || X,"
                            + " CASE WHEN MOD(X, 2) = 0 OR X < 9 THEN 'shop' ELSE 'web' END,"
                            + " CASE WHEN MOD(X, 2) = 0 AND X <> 18000 THEN 'SUCCESS' ELSE 'FAILURE' END, 'x', '{}', X / 3 FROM SYSTEM_RANGE(1, 18000)");
        }
        AuditQuery query = by(Map.of(AuditFilter.CLIENT, "shop", AuditFilter.OUTCOME, "FAILURE"));

        List<Object> users = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Optional<AuditQuery> next = Optional.of(query);
        while (next.isPresent()) {
            AuditQuery at = next.get();
            AuditPage page = read(at);
            users.addAll(users(page));
            sizes.add(page.rows().size());
            next = page.next().map(at::after);
        }

        assertThat(sizes).containsExactly(1, 4);
        assertThat(users)
                .containsExactlyInAnyOrder("user-18000", "user-7", "user-5", "user-3", "user-1")
                .startsWith("user-18000");
    }

    @Test
    void rowsThatComeWhileAPageIsReadRepeatNoneAtItsBorder() throws Exception {
        try (Connection connection = table.connect();
                Statement insert = connection.createStatement()) {
            insert.execute(
                    INSERT + " SELECT RANDOM_UUID(), 10093, 'auth.mfa_verified', 'realm-1', 'user-' || X, 'shop',"
                            + " CASE WHEN X BETWEEN 960 AND 1060 THEN 'FAILURE' ELSE 'SUCCESS' END, 'x', '{}', X"
                            + " FROM SYSTEM_RANGE(1, 6000)");
            insert.execute(INSERT + " SELECT RANDOM_UUID(), 10093, 'auth.mfa_verified', 'realm-1', 'other', 'web',"
                    + " 'FAILURE', 'x', '{}', 6000 + X FROM SYSTEM_RANGE(1, 6000)");
            AuditQuery query = new AuditQuery(
                    Map.of(AuditFilter.CLIENT, "shop", AuditFilter.OUTCOME, "FAILURE"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    200);

            List<Object> users = new ArrayList<>();
            int pages = 0;
            Optional<AuditQuery> next = Optional.of(query);
            while (next.isPresent()) {
                AuditQuery at = next.get();
                AuditPage page = new TrailPages(busy(connection), "realm-1").page(at);
                users.addAll(users(page));
                pages++;
                next = page.next().map(at::after);
            }

            assertThat(pages).isGreaterThan(1);
            assertThat(users)
                    .containsExactlyElementsOf(IntStream.iterate(1060, x -> x >= 960, x -> x - 1)
                            .mapToObj(x -> "user-" + x)
                            .toList());
        }
    }

    /** Before each statement others write seven rows, of now. */
    private Connection busy(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        try (Connection other = table.connect();
                                Statement insert = other.createStatement()) {
                            insert.execute(
                                    INSERT + " SELECT RANDOM_UUID(), 10093, 'auth.mfa_verified', 'realm-1', 'new',"
                                            + " 'shop', 'SUCCESS', 'x', '{}', 20000 FROM SYSTEM_RANGE(1, 7)");
                        }
                    }
                    return method.invoke(connection, arguments);
                });
    }

    @Test
    void oldRowsOfSeveralOrganizationsAreFoundByEachOfThem() throws Exception {
        try (Connection connection = table.connect();
                Statement insert = connection.createStatement()) {
            insert.execute(
                    "INSERT INTO MFA_AUDIT (EVENT_ID, EVENT_CODE, EVENT_TYPE, REALM_ID, TENANT, OUTCOME, CORRELATION_ID,"
                            + " DETAILS, TIMESTAMP) VALUES ('e1', 10093, 'auth.mfa_verified', 'realm-1', 'org-1 "
                            + "y ".repeat(900) + " org-22  org-1', 'SUCCESS', 'x', '{}', 7)");
        }
        write(full(Map.of()));

        table.changeAgain("0.6.0-tenants-of-old-rows");

        assertThat(read(by(Map.of(AuditFilter.TENANT, "org-22"))).rows()).hasSize(1);
        assertThat(read(by(Map.of(AuditFilter.TENANT, "org-1"))).rows()).hasSize(2);
        assertThat(read(by(Map.of(AuditFilter.TENANT, "org-2"))).rows()).hasSize(1);
        assertThat(read(by(Map.of(AuditFilter.TENANT, ""))).rows()).isEmpty();
    }

    private void write(AuditRecord says) {
        table.write(em -> {
            em.persist(new AuditRow(says));
            em.flush();
            AuditTenants.keep(em, says);
        });
    }

    private AuditPage read(AuditQuery query) {
        return table.read(em -> new StoredAuditReader(mock(KeycloakSession.class), em).read("realm-1", query));
    }

    private static AuditQuery by(Map<AuditFilter, String> filters) {
        return new AuditQuery(filters, Optional.empty(), Optional.empty(), Optional.empty(), 9);
    }

    private static List<Object> users(AuditPage page) {
        return page.rows().stream().map(row -> row.get("user_id")).toList();
    }

    private static AuditRecord full(Map<String, String> details) {
        return new AuditRecord(
                "6f1c6c0a-3b0e-4a37-9a52-0d5c7a3f1e11",
                MfaEventType.FAILED,
                NOON,
                "realm-1",
                Optional.of("org-1 org-2"),
                Optional.of("admin-1"),
                Optional.of("user-1"),
                Optional.of("shop"),
                Optional.of("session-1"),
                Optional.of("192.0.2.7"),
                Optional.of("Zoë 🔑"),
                Optional.of("TOTP"),
                Outcome.FAILURE,
                Optional.of("replayed"),
                Optional.of(3),
                Optional.of("rule-1"),
                Optional.of(7L),
                "request-1",
                details);
    }

    private static AuditRecord about(String user, MfaEventType type, Instant time) {
        return new AuditRecord(
                UUID.randomUUID().toString(),
                type,
                time,
                "realm-1",
                Optional.empty(),
                Optional.of(user),
                Optional.of(user),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Outcome.SUCCESS,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "request-2",
                Map.of());
    }
}
