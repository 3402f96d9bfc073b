package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Somebody else's sink breaks, by an error and not by an exception, whenever it is asked about an event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BrokenSinkIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private KeycloakServer server;

    @BeforeAll
    void start() {
        ServerHome home = SharedServer.home("journeys-broken-sink");
        pack(home.directory().resolve("providers/broken-sink.jar"));
        server = SharedServer.start(
                home,
                ServerDatabase.embedded(home, true),
                List.of("--spi-events-listener--sallyport-audit--checkpoint-interval=1"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @DisplayName("R-14, AUD-02, AUD-11: a sink that lacks a class stops nobody's sign-in, no row and no seal")
    void aSinkThatLacksAClass() {
        MfaRealm realm = MfaRealm.strict(server);
        Member member = realm.enrolled();

        TokenReply reply = realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode());

        assertThat(reply.granted()).as(reply.describe()).isTrue();
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).isNotEmpty();
        assertThat(server.log())
                .contains("The sink broken does not say whether it wants auth.mfa_verified", "NoClassDefFoundError");
        awaitSealed(realm);
        // and once more, by whichever rounds are left
        realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        awaitSealed(realm);
    }

    /** Nothing of the realm is without its place in the tree. */
    private void awaitSealed(MfaRealm realm) {
        String id = realm.admin().get(realm.name()).path("id").asText();
        Instant end = Instant.now().plus(PATIENCE);
        while (!server.database()
                .rows("SELECT EVENT_ID FROM MFA_AUDIT WHERE REALM_ID = ? AND LEAF_POSITION IS NULL", id)
                .isEmpty()) {
            assertThat(Instant.now()).as("rows are not sealed").isBefore(end);
        }
    }

    private static void pack(Path file) {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Class<?> part : List.of(BrokenSinkFactory.class, BrokenSink.class)) {
                String path = part.getName().replace('.', '/') + ".class";
                try (InputStream bytes = part.getClassLoader().getResourceAsStream(path)) {
                    add(jar, path, bytes.readAllBytes());
                }
            }
            add(
                    jar,
                    "META-INF/services/io.sallyport.event.sink.MfaEventSinkFactory",
                    BrokenSinkFactory.class.getName().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(JarOutputStream jar, String path, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(path));
        jar.write(bytes);
        jar.closeEntry();
    }
}
