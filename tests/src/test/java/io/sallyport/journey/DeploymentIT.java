package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two nodes behind the proxy, as docker/ has them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeploymentIT {

    private Deployment deployment;

    @BeforeAll
    void up() throws IOException, InterruptedException {
        deployment = Deployment.up();
    }

    @AfterAll
    void down() throws IOException {
        if (deployment != null) {
            deployment.close();
        }
    }

    @Test
    @DisplayName("People sign in by the proxy's name, on whichever node")
    void peopleSignInByTheProxysName() {
        MfaRealm realm = MfaRealm.strict(deployment.server());
        Member member = realm.enrolled();
        Tokens tokens = realm.signIn(new Browser(), member);
        assertMfa(tokens.claims());
        assertThat(tokens.claims().path("iss").asText())
                .isEqualTo(realm.address().toString())
                .startsWith("https://localhost:");
    }

    @Test
    @DisplayName("POL-11: the proxy passes on no address that a client claims to have")
    void noClientChoosesItsAddress() {
        Places places = Places.with(deployment.server(), "127.0.0.1", "10.20.0.0/16");

        for (String header : List.of("X-Forwarded-For", "x-forwarded-for", "X-Real-IP", "True-Client-IP")) {
            places.assertOutside(Map.of(header, "10.20.0.1"));
        }
        places.assertOutside(Map.of("Forwarded", "for=10.20.0.1"));
        places.assertOutside(Map.of("X-Forwarded-For", "10.20.0.1, 127.0.0.1"));
    }

    @Test
    @DisplayName("Nothing but the secrets' files holds a secret, and factors are sealed by the key of the file")
    void secretsStayInTheirFiles() throws IOException {
        MfaRealm realm = MfaRealm.strict(deployment.server());
        Member member = realm.enrolled();
        realm.signIn(new Browser(), member);

        assertThat(deployment.server().database().rows("SELECT SECRET_DATA FROM CREDENTIAL WHERE TYPE = 'otp'"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.get("SECRET_DATA")).doesNotContain(member.secret()));
        String logs = deployment.first().log() + deployment.second().log() + deployment.proxyLog();
        assertThat(List.of(
                        Files.readString(deployment.secrets().resolve("mfa-keys"))
                                .strip()
                                .substring(3),
                        Files.readString(deployment.secrets().resolve("db-password"))
                                .strip(),
                        deployment.option("bootstrap-admin-password")))
                .allSatisfy(secret -> assertThat(logs).doesNotContain(secret));
        assertThat(deployment.proxyLog()).contains("GET /realms/").doesNotContain("code=", "state=");
    }

    @Test
    @DisplayName("Every option that the containers are given is one that the server knows") // the file by having its
    // password
    void everyOptionIsKnown() throws IOException, InterruptedException {
        Containers containers = Containers.read();
        String known = deployment.second().options();

        assertThat(Stream.of(
                                containers.build().environment(),
                                containers.image().environment(),
                                containers.environment("node1"))
                        .flatMap(environment -> environment.keySet().stream())
                        .filter(name -> !name.startsWith("KC_SPI_"))
                        .filter(name -> !name.equals("KC_CONFIG_FILE"))) // without it no node would have a password
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(known)
                        .containsPattern("--"
                                + name.substring(3).toLowerCase(Locale.ROOT).replace('_', '-') + "\\s"));
    }

    @Test
    @DisplayName("Whatever the dashboard and the alerts ask for, a node tells, and counts begin at 0")
    void whatIsWatchedIsTold() {
        for (int i = 0; i < 4; i++) { // each node has requests, one of them a bad one
            Http.get(deployment.server().realm("master"), Map.of()).expect(200);
            Http.get(deployment.server().realm("nowhere"), Map.of()).expect(404);
        }
        List<String> told = deployment.second().metrics().lines().toList();

        assertThat(Watched.read())
                .hasSizeGreaterThan(20)
                .allSatisfy(watched -> assertThat(told).as("%s", watched).anyMatch(watched::isAnsweredBy));
        assertThat(told)
                .anyMatch(line -> line.startsWith("sallyport_events_total")
                        && line.contains("auth.mfa_grace_ended")
                        && line.endsWith(" 0.0"));
    }

    @Test
    @DisplayName("The proxy serves TLS, tells browsers to stay there, and lets nobody see metrics and health")
    void browsersStayWithTls() {
        Reply reply = Http.get(deployment.server().realm("master"), Map.of());

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Strict-Transport-Security").orElse("")).contains("max-age=31536000");
        for (String inside : List.of("/metrics", "/health/ready")) {
            Reply refused = Http.get(deployment.server().address().resolve(inside), Map.of());
            assertThat(refused.status()).isIn(404, 405);
            assertThat(refused.body()).doesNotContain("sallyport_", "UP");
        }
    }
}
