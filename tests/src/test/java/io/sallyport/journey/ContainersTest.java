package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of docker/ promise, as far as no engine is needed to see it. */
final class ContainersTest {

    private static final List<String> NODES = List.of("node1", "node2");
    private final Containers containers = Containers.read();

    @Test
    void theBaseIsTheVersionThatTheJarIsBuiltFor() throws IOException {
        String image = "quay.io/keycloak/keycloak:" + keycloakVersion();

        assertThat(Files.readString(containers.directory().resolve("Dockerfile")))
                .contains("\nARG KEYCLOAK_IMAGE=" + image + "\n");
        assertThat(containers.build().one("FROM")).isEqualTo("${KEYCLOAK_IMAGE} AS build");
        assertThat(containers.image().one("FROM")).isEqualTo("${KEYCLOAK_IMAGE}");
        assertThat(NODES)
                .allSatisfy(node -> assertThat(Containers.usual(containers
                                .service(node)
                                .at("/build/args/KEYCLOAK_IMAGE")
                                .asText()))
                        .isEqualTo(image));
    }

    @Test
    void theServerIsBuiltOnceAndNeverRunsAsRoot() {
        assertThat(containers.build().command("RUN")).containsExactly("/opt/keycloak/bin/kc.sh", "build");
        assertThat(containers.image().command("CMD")).containsExactly("start", "--optimized");
        assertThat(containers.image().one("USER")).isEqualTo("1000");
        assertThat(containers.image().one("HEALTHCHECK")).endsWith("CMD [\"/opt/keycloak/ready.sh\"]");
        assertThat(Stream.of("node1", "node2", "proxy"))
                .allSatisfy(service -> assertThat(Containers.usual(
                                containers.service(service).path("user").asText()))
                        .isEqualTo("1000:0"));
    }

    @Test
    void noSecretStandsInAnImageOrAnEnvironment() {
        assertThat(environments()).allSatisfy((name, value) -> {
            boolean secret = name.matches(".*(PASSWORD|SECRET|KEY|TOKEN|CREDENTIAL)(_FILE)?");
            assertThat(!secret || value.startsWith("/run/secrets/")).as(name).isTrue();
        });
    }

    @Test
    void everyFileThatIsMountedIsThereOrMade(@TempDir Path made) throws IOException, InterruptedException {
        secrets(made);

        List<String> declared = containers.compose().path("secrets").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
        assertThat(declared).allSatisfy(name -> {
            assertThat(containers.compose().at("/secrets/" + name + "/file").asText())
                    .isEqualTo("./secrets/" + name);
            assertThat(made.resolve(name)).isNotEmptyFile();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve(name))))
                    .isEqualTo("rw-------");
        });
        assertThat(services())
                .allSatisfy(
                        service -> assertThat(texts(service.path("secrets"))).isSubsetOf(declared));
        assertThat(Files.readString(made.resolve(".env"))).matches("SALLYPORT_USER=[1-9]\\d*\n");
        assertThat(texts(containers.service("proxy").path("volumes")))
                .containsExactly("./haproxy.cfg:/usr/local/etc/haproxy/haproxy.cfg:ro");
        assertThat(containers.directory().resolve("haproxy.cfg")).exists();
    }

    @Test
    void secretsThatAreThereAreKept(@TempDir Path made) throws IOException, InterruptedException {
        secrets(made);
        String keys = Files.readString(made.resolve("mfa-keys"));
        String options = Files.readString(made.resolve("keycloak.conf"));

        secrets(made);

        assertThat(Files.readString(made.resolve("mfa-keys"))).isEqualTo(keys).matches("k1:[A-Za-z0-9+/]{43}=\n");
        assertThat(Files.readString(made.resolve("keycloak.conf")))
                .isEqualTo(options)
                .contains("db-password=" + Files.readString(made.resolve("db-password")));
    }

    @Test
    void nothingIsReachedFromOutsideButTheProxy() {
        assertThat(containers.compose().path("services").properties().stream()
                        .filter(service -> service.getValue().has("ports"))
                        .map(Map.Entry::getKey))
                .containsExactly("proxy");
        assertThat(containers.compose().at("/networks/back/internal").asBoolean())
                .isTrue();
        assertThat(texts(containers.service("database").path("networks"))).containsExactly("back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node1", "node2"})
    void aNodeTrustsTheProxyAndNobodyElse(String node) {
        Map<String, String> environment = containers.environment(node);
        Map<String, String> proxy = containers.environment("proxy");

        assertThat(environment)
                .containsEntry("KC_PROXY_HEADERS", "xforwarded")
                .containsEntry(
                        "KC_PROXY_TRUSTED_ADDRESSES",
                        containers
                                .service("proxy")
                                .at("/networks/front/ipv4_address")
                                .asText());
        assertThat(proxy.get(node.toUpperCase(Locale.ROOT) + "_ADDRESS"))
                .isEqualTo(containers
                                .service(node)
                                .at("/networks/front/ipv4_address")
                                .asText() + ":8080");
        assertThat(environment.get("KC_CACHE_EMBEDDED_NETWORK_BIND_ADDRESS"))
                .isEqualTo(containers
                        .service(node)
                        .at("/networks/back/ipv4_address")
                        .asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"node1", "node2", "proxy"})
    void whoeverBreaksInGainsNoRights(String service) {
        assertThat(texts(containers.service(service).path("cap_drop"))).containsExactly("ALL");
        assertThat(texts(containers.service(service).path("security_opt"))).containsExactly("no-new-privileges:true");
    }

    /** What makes the secrets, as an operator runs it. */
    static void secrets(Path directory) throws IOException, InterruptedException {
        Process script = new ProcessBuilder(
                        Containers.read().directory().resolve("secrets.sh").toString(), directory.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).as(said).isZero();
    }

    private Map<String, String> environments() {
        Map<String, String> all = new LinkedHashMap<>(containers.build().environment());
        all.putAll(containers.image().environment());
        containers
                .compose()
                .path("services")
                .fieldNames()
                .forEachRemaining(name -> all.putAll(containers.environment(name)));
        return all;
    }

    private List<JsonNode> services() {
        return containers.compose().path("services").properties().stream()
                .map(Map.Entry::getValue)
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private String keycloakVersion() throws IOException {
        String pom = Files.readString(containers.directory().resolveSibling("pom.xml"));
        return pom.replaceFirst("(?s).*<keycloak.version>(.*?)</keycloak.version>.*", "$1");
    }
}
