package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the documents do what the documents say: they are taken from there and run. */
@Journey
final class CommandsIT {

    private final KeycloakServer server;
    private final MfaRealm realm;

    CommandsIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.stock(server);
    }

    @Test
    @DisplayName("README, actions, policy, audit, coverage and evidence: what is to be pasted into a shell works")
    void whatIsToBePastedWorks(@TempDir Path desk) throws IOException, InterruptedException {
        Commands readme = Commands.of("README.md");

        assertThat(run(readme.with("/mfa/setup \\"), desk)).contains("\"changed\"");
        assertThat(SettingsApi.of(realm).one("mfa.enabled").path("value").asText())
                .isEqualTo("true");
        run(readme.with("/mfa/settings"), desk);
        assertThat(SettingsApi.of(realm)
                        .one("mfa.lockout.threshold")
                        .path("value")
                        .asText())
                .isEqualTo("3");
        assertThat(run(readme.with("/mfa/simulate"), desk)).contains("\"must_enroll\"");
        assertThat(run(Commands.of("docs/actions.md").with("approve_payment"), desk))
                .contains("approve_payment");

        Files.writeString(
                desk.resolve("policy.json"),
                realm.admin().get(realm.name() + "/mfa/policies/document").toString());
        run(Commands.of("docs/policy.md").with("policies/document"), desk);

        Commands audit = Commands.of("docs/audit.md");
        run(audit.with("audit/export"), desk);
        assertThat(Files.readAllLines(desk.resolve("export.ndjson")))
                .last()
                .asString()
                .startsWith("{\"manifest\":");
        run(audit.with("/certs"), desk);
        assertThat(Files.readString(desk.resolve("jwks.json"))).contains("\"keys\"");

        run(Commands.of("docs/coverage.md").with("state=missing"), desk);
        assertThat(Files.readAllLines(desk.resolve("missing.csv")))
                .first()
                .asString()
                .contains("username");
        run(Commands.of("docs/evidence.md").with("mfa/evidence"), desk);
        assertThat(desk.toFile().list()).anyMatch(name -> name.matches("mfa-evidence-.*\\.zip"));
    }

    @Test
    @DisplayName("README and operator guide: the key file is made as the server reads it, for its owner only")
    void theKeyFileIsMade(@TempDir Path desk) throws IOException, InterruptedException {
        for (String document : List.of("README.md", "docs/operator.md")) {
            Path file = desk.resolve("mfa-keys");
            Files.deleteIfExists(file);

            Commands.run(Commands.of(document).with("k1:").replace("/etc/keycloak/", desk + "/"), desk, Map.of());

            assertThat(Files.readString(file)).matches("k1:[A-Za-z0-9+/]{43}=\n");
            assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
        }
    }

    /** In the documents the server is sso.example.org, or left out, and the realm is acme. */
    private String run(String command, Path desk) throws IOException, InterruptedException {
        String token = realm.admin().authorization().get("Authorization").replace("Bearer ", "");
        String address = server.address().toString();
        return Commands.run(
                command.replace("https://sso.example.org", address)
                        .replace("…/admin", address + "/admin")
                        .replace("…/realms", address + "/realms")
                        .replace("…/mfa", address + "/admin/realms/acme/mfa")
                        .replace("Bearer …", "Bearer $TOKEN")
                        .replace("/acme/", "/" + realm.name() + "/"),
                desk,
                Map.of("TOKEN", token, "KEYCLOAK", address, "REALM", realm.name(), "COMMIT", "a1b2c3d"));
    }
}
