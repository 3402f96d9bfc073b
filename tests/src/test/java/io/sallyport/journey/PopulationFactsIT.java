package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What a simulation thinks a user is, from tables, equals what a sign-in of that user collects from Keycloak's models. A
 * probe in the server asks both.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class PopulationFactsIT {

    private static final String PROBE = "io/sallyport/journey/FactsProbe";

    private KeycloakServer server;

    @BeforeAll
    void start() throws IOException {
        ServerHome home = SharedServer.home("journey-facts");
        installProbe(home.directory().resolve("providers/facts-probe.jar"));
        server = SharedServer.start(home, ServerDatabase.embedded(home, true), List.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("Nested groups, composite and client roles, roles of parent groups, organizations, enrolled methods")
    void theSameFacts() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        realm.change(Map.of("organizationsEnabled", true));
        Structure structure = new Structure(realm);
        String top = structure.group("top");
        String middle = structure.group("middle", top);
        String bottom = structure.group("bottom", middle);
        String other = structure.group("other");
        JsonNode leaf = structure.role("leaf");
        JsonNode branch = structure.role("branch");
        JsonNode deep = structure.role("web", "deep");
        JsonNode slashed = structure.role("a/b");
        structure.compose(branch, deep);
        structure.compose(deep, leaf);
        structure.compose(leaf, branch); // Keycloak allows a circle
        structure.giveGroup(top, branch);
        structure.giveGroup(other, structure.existing("realm-management", "view-users"));
        String open = structure.organization("open", true);
        String second = structure.organization("second", true);
        String closed = structure.organization("closed", false);

        Member nested = realm.enrolled();
        structure.join(nested, bottom);
        structure.join(nested, top);
        Member rich = realm.enrolledWith("JBSWY3DPEHPK3PXP");
        structure.give(rich, slashed);
        structure.give(rich, deep);
        structure.join(rich, other);
        structure.join(rich, middle);
        structure.enter(rich, open);
        structure.enter(rich, second);
        structure.enter(rich, closed);
        Member tenantOnly = realm.newcomer();
        structure.enter(tenantOnly, closed);
        Member bare = realm.newcomer();

        JsonNode facts = compare(realm, 4);
        assertThat(facts.path(nested.username()).path("groups").asInt()).isEqualTo(3);
        assertThat(facts.path(nested.username()).path("roles"))
                .extracting(JsonNode::asText)
                .contains("branch", "leaf", "web/deep");
        assertThat(facts.path(nested.username()).path("enrolled").asInt()).isEqualTo(1);
        assertThat(facts.path(rich.username()).path("tenants").asInt()).isEqualTo(2);
        assertThat(facts.path(rich.username()).path("roles"))
                .extracting(JsonNode::asText)
                .contains("a/b", "realm-management/query-users", "branch");
        assertThat(facts.path(tenantOnly.username()).path("tenants").asInt()).isZero();
        assertThat(facts.path(bare.username()).path("groups").asInt()).isZero();

        realm.change(Map.of("organizationsEnabled", false));
        JsonNode without = compare(realm, 4);
        assertThat(without.path(rich.username()).path("tenants").asInt()).isZero();
    }

    @Test
    @DisplayName("A method that the realm does not use is nobody's, and somebody without anything has nothing")
    void nothingAtAll() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.methods", "WEBAUTHN"), Rules.NONE);
        Member phoned = realm.enrolled();
        Member stripped = realm.newcomer();
        server.database().update("delete from USER_ROLE_MAPPING where USER_ID = ?", stripped.id());

        JsonNode facts = compare(realm, 2);

        assertThat(facts.path(phoned.username()).path("enrolled").asInt()).isZero();
        assertThat(facts.path(stripped.username()).path("roles")).isEmpty();
    }

    @Test
    @DisplayName("The administrators of the master realm, with the roles of every realm, have the same facts, too")
    void theMasterRealm() {
        JsonNode facts = Http.get(server.realm("master").resolve("/realms/master/facts-probe/facts"), Map.of())
                .expect(200)
                .json();

        assertThat(facts).isNotEmpty().allMatch(user -> user.path("same").asBoolean(), facts.toPrettyString());
        assertThat(facts.path("admin").path("roles")).hasSizeGreaterThan(20);
    }

    private JsonNode compare(MfaRealm realm, int people) {
        JsonNode facts = Http.get(realm.address().resolve("/realms/" + realm.name() + "/facts-probe/facts"), Map.of())
                .expect(200)
                .json();
        assertThat(facts).hasSize(people).allMatch(user -> user.path("same").asBoolean(), facts.toPrettyString());
        return facts;
    }

    /** The probe's classes, which this JVM can't load itself, in a JAR of their own. */
    private static void installProbe(Path jar) throws IOException {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (String part : List.of("", "$1", "$Both")) {
                String name = PROBE + part + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream in = PopulationFactsIT.class.getClassLoader().getResourceAsStream(name)) {
                    in.transferTo(out);
                }
            }
            out.putNextEntry(new JarEntry("META-INF/beans.xml")); // Quarkus reads annotations only where this is
            out.putNextEntry(
                    new JarEntry("META-INF/services/org.keycloak.services.resource.RealmResourceProviderFactory"));
            out.write(PROBE.replace('/', '.').getBytes(StandardCharsets.UTF_8));
        }
    }
}
