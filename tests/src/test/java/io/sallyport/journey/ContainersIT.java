package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.utility.MountableFile;

/** The image of docker/, built and run by an engine. Where there is none it is skipped, and the report says so. */
final class ContainersIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path SECRETS = Path.of("/run/secrets");

    private final Containers containers = Containers.read();

    @Test
    @DisplayName("The image is built, is ready, runs without root, and gives no token for the password alone")
    void theImageServes(@TempDir Path made) throws IOException, InterruptedException {
        assumeTrue(anEngineAnswers(), "no container engine answers: the image was not built");
        ContainersTest.secrets(made);
        String image = new ImageFromDockerfile("sallyport-tried", true)
                .withDockerfile(containers.directory().resolve("Dockerfile"))
                .get();

        try (Network network = Network.newNetwork();
                GenericContainer<?> database = database(network, made);
                KeycloakContainer keycloak = keycloak(image, network, made)) {
            database.start();
            keycloak.start();
            MfaRealm realm = MfaRealm.strict(server(keycloak, made));
            Member member = realm.enrolled();

            assertThat(keycloak.execInContainer("id", "-u").getStdout().strip()).isEqualTo("1000");
            assertThat(keycloak.execInContainer("/opt/keycloak/ready.sh").getExitCode())
                    .isZero();
            assertThat(realm.backend()
                            .password(member.username(), Member.PASSWORD)
                            .error())
                    .isEqualTo("mfa_required");
            assertMfa(realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().nextCode())
                    .tokens()
                    .claims());
        }
    }

    /** Not by Testcontainers' own search, which tries many ways for minutes. */
    private static boolean anEngineAnswers() throws IOException, InterruptedException {
        boolean told = System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock"));
        return told
                && new ProcessBuilder("docker", "version")
                                .redirectErrorStream(true)
                                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
    }

    private GenericContainer<?> database(Network network, Path made) {
        return mounted(
                new GenericContainer<>(Containers.usual(
                                containers.service("database").path("image").asText()))
                        .withNetwork(network)
                        .withNetworkAliases("database")
                        .withEnv(containers.environment("database"))
                        // once while it makes its files, and then for good
                        .waitingFor(Wait.forLogMessage(".*ready to accept connections.*\\n", 2)
                                .withStartupTimeout(PATIENCE)),
                made,
                "db-password");
    }

    private KeycloakContainer keycloak(String image, Network network, Path made) {
        Map<String, String> environment = new LinkedHashMap<>(containers.environment("node1"));
        environment.remove("KC_CACHE_EMBEDDED_NETWORK_BIND_ADDRESS"); // of compose.yaml's network
        return mounted(
                new KeycloakContainer(image)
                        .withProductionMode()
                        .withOptimizedFlag()
                        .withBootstrapAdminDisabled()
                        .withEnabledMetrics()
                        .withRamPercentage(10, 50)
                        .withStartupTimeout(PATIENCE)
                        .withNetwork(network)
                        .withEnv(environment),
                made,
                "keycloak.conf",
                "mfa-keys");
    }

    private static <C extends GenericContainer<?>> C mounted(C container, Path made, String... secrets) {
        for (String secret : List.of(secrets)) {
            container.withCopyFileToContainer(
                    MountableFile.forHostPath(made.resolve(secret), 0444),
                    SECRETS.resolve(secret).toString());
        }
        return container;
    }

    private static KeycloakServer server(KeycloakContainer keycloak, Path made) throws IOException {
        String password = Files.readAllLines(made.resolve("keycloak.conf")).stream()
                .filter(line -> line.startsWith("bootstrap-admin-password="))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElseThrow();
        return KeycloakServer.behind(
                URI.create(keycloak.getAuthServerUrl()),
                new ServerPlan(
                        SharedServer.home("containers"),
                        0,
                        0,
                        password,
                        Optional.empty(),
                        new ServerDatabase("postgres", "", "", ""),
                        List.of()));
    }
}
