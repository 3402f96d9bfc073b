package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static io.sallyport.journey.Claims.assertNoMfa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** TOK-05: the table of grants, made of those that the server itself says it has, cell by cell. */
@Journey
final class GrantMatrixIT {

    private final MfaRealm realm;
    private final Database database;
    private final OidcClient inspector;
    private final List<GrantRow> rows;
    private final Map<Standing, Map<GrantRow, Supplier<TokenReply>>> requests = new EnumMap<>(Standing.class);
    private final Map<Standing, Guest> guests = new EnumMap<>(Standing.class);
    private final Map<Standing, Tokens> earlier = new EnumMap<>(Standing.class);

    GrantMatrixIT(PostgresServer server) {
        this.realm = MfaRealm.setUp(
                server.keycloak(), Map.of("mfa.claim.ttl", "3600", "mfa.lockout.threshold", "1"), Rules.FOR_ALL);
        this.database = server.keycloak().database();
        realm.change(Map.of("accessCodeLifespan", 1800, "accessTokenLifespan", 1800));
        realm.addClient(
                "inspector",
                Map.of(
                        "secret",
                        "inspector-secret",
                        "attributes",
                        Map.of("allow.token.introspection.without.audience.check", "true")));
        this.inspector =
                new OidcClient(realm.address(), "inspector", Optional.of("inspector-secret"), MfaRealm.CALLBACK);
        this.rows = GrantTable.in(server, realm);
    }

    @TestFactory
    @DisplayName("TOK-01, TOK-04, TOK-05, TOK-07, TOK-11, TOK-15, CLM-01: every grant of the server in every standing")
    Stream<DynamicContainer> everyGrant() {
        List<String> grants = grantsOfTheServer();
        return Arrays.stream(Standing.values())
                .map(standing -> dynamicContainer(
                        standing.toString(), grants.stream().flatMap(grant -> cells(standing, grant))));
    }

    @TestFactory
    @DisplayName(
            "TOK-15: a token from before is told about as long as its proof holds, and by the rules of its session")
    Stream<DynamicTest> whatIsSaidOfAnEarlierToken() {
        return Arrays.stream(Standing.values())
                .map(standing -> dynamicTest(standing.toString(), () -> {
                    requests(standing);
                    String token = earlier.get(standing).access();

                    for (JsonNode said : List.of(
                            inspector.introspect(token),
                            realm.web().userinfo(token).expect(200).json())) {
                        assertSays(said, GrantKind.REFRESH.in(standing));
                    }
                }));
    }

    @TestFactory
    @DisplayName("TOK-05: the table knows no grant that the server has not")
    Stream<DynamicTest> noRowWithoutItsGrant() {
        List<String> grants = grantsOfTheServer();
        return rows.stream()
                .map(GrantRow::grant)
                .distinct()
                .map(grant -> dynamicTest(grant, () -> assertThat(grants).contains(grant)));
    }

    private List<String> grantsOfTheServer() {
        JsonNode providers = realm.admin()
                .serverInfo()
                .path("providers")
                .path("oauth2-grant-type")
                .path("providers");
        return providers.properties().stream().map(Map.Entry::getKey).sorted().toList();
    }

    private Stream<DynamicTest> cells(Standing standing, String grant) {
        List<GrantRow> known =
                rows.stream().filter(row -> row.grant().equals(grant)).toList();
        if (known.isEmpty()) {
            return Stream.of(dynamicTest(grant, () -> {
                throw new Unexpected("table of grants", "nothing about " + grant, "a row of its own");
            }));
        }
        return known.stream()
                .map(row -> dynamicTest(
                        row.grant() + " " + row.name() + ": " + row.kind().in(standing), () -> prove(standing, row)));
    }

    private void prove(Standing standing, GrantRow row) {
        Supplier<TokenReply> request = requests(standing).get(row);
        assertThat(request).as("prepared").isNotNull();
        Guest guest = guests.get(standing);
        TokenOutcome wanted = row.kind().in(standing);
        int refusals = refusals(guest, wanted).size();
        String sessions = guest.sessions();

        TokenReply reply = request.get();

        assertThat(reply.status()).as(reply.describe()).isEqualTo(wanted.status);
        assertThat(reply.granted()).as(reply.describe()).isEqualTo(wanted.granted());
        assertThat(reply.error()).as(reply.describe()).isEqualTo(wanted.error);
        if (wanted.granted()) {
            agree(guest, row, reply.tokens(), wanted);
        } else {
            assertThat(guest.sessions()).as("sessions").isEqualTo(sessions);
            // a locked user's password is refused by the flow, before there is a session
            boolean byTheGuard = row.kind() != GrantKind.CODE || wanted == TokenOutcome.MFA_REQUIRED;
            assertThat(refusals(guest, wanted)).hasSize(refusals + (byTheGuard ? 1 : 0));
        }
    }

    /** What each of them says of MFA is what the access token says. */
    private void agree(Guest guest, GrantRow row, Tokens tokens, TokenOutcome wanted) {
        JsonNode claims = tokens.claims();
        assertSays(claims, wanted);
        assertThat(claims.path("exp").asLong())
                .isLessThanOrEqualTo(claims.path("mfa_exp").asLong(Long.MAX_VALUE));
        tokens.id().ifPresent(id -> assertThat(mfa(Jwt.claims(id))).isEqualTo(mfa(claims)));
        if (row.inspect()) {
            JsonNode inspected = inspector.introspect(tokens.access());
            assertThat(inspected.path("active").asBoolean()).isTrue();
            assertThat(mfa(inspected)).as("introspection").isEqualTo(mfa(claims));
            Reply userinfo = realm.web().userinfo(tokens.access());
            if (userinfo.status() == 200) {
                assertThat(mfa(userinfo.json())).as("userinfo").isEqualTo(mfa(claims));
            }
        }
        if (wanted == TokenOutcome.MFA_TOKEN && row.kind() != GrantKind.CODE) {
            assertThat(claims.path("mfa_time").asLong()).isEqualTo(guest.provedAt());
        }
    }

    private static void assertSays(JsonNode claims, TokenOutcome wanted) {
        if (wanted == TokenOutcome.MFA_TOKEN) {
            assertMfa(claims);
        } else {
            assertNoMfa(claims);
        }
    }

    private static Map<String, JsonNode> mfa(JsonNode claims) {
        Map<String, JsonNode> said = new HashMap<>();
        claims.properties().forEach(claim -> {
            if (claim.getKey().startsWith("mfa_") || claim.getKey().equals("amr")) {
                said.put(claim.getKey(), claim.getValue());
            }
        });
        if (claims.path("acr").asText().equals("mfa")) {
            said.put("acr", claims.path("acr"));
        }
        return said;
    }

    private List<Audit.Row> refusals(Guest guest, TokenOutcome wanted) {
        return realm.audit().of(guest.member().id(), "auth.mfa_token_refused").stream()
                .filter(row -> row.reason().equals(wanted.reason))
                .toList();
    }

    /** What the guest of this standing asks with, all of it taken in hand before the standing came about. */
    private Map<GrantRow, Supplier<TokenReply>> requests(Standing standing) {
        if (!requests.containsKey(standing)) {
            Map<GrantRow, Supplier<TokenReply>> ready = new HashMap<>();
            requests.put(standing, ready);
            Guest guest = Guest.arrives(realm, database, standing);
            guests.put(standing, guest);
            earlier.put(standing, guest.tokens(realm.web()));
            rows.forEach(row -> ready.put(row, row.prepare().apply(guest)));
            guest.falls();
        }
        return requests.get(standing);
    }
}
