package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The server was started without the key that secrets are encrypted with, or with another one. */
@Journey
final class KeylessIT {

    private static final String UNAVAILABLE = "We cannot check your second factor right now. Try again in a moment.";
    private static final String OPTION = "spi-credential--keycloak-otp--key-file";

    private final KeycloakServer server;
    private final MfaRealm realm;
    private final Member member;

    KeylessIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.strict(server);
        this.member = realm.enrolled();
    }

    @Test
    @DisplayName("LIFE-11: without a key, or with another one, nobody passes; with the right one back all do")
    void withoutTheKeyNobodyPasses() {
        Member newcomer = realm.newcomer();
        Path other = KeyFile.at(server.keys().orElseThrow().resolveSibling("other-keys"));
        realm.signIn(new Browser(), member);
        server.stop();
        int before = server.log().length();
        try {
            whileRunningWith(Optional.empty(), () -> {
                assertThat(errorsSince(before))
                        .as("errors that name %s", realm.name())
                        .hasSize(1);
                assertThat(errorsSince(before).get(0)).contains(OPTION);
                assertRefused();
                assertUnavailable(realm.password(new Browser(), realm.web().signIn(), newcomer));
            });
            whileRunningWith(Optional.of(other), this::assertRefused);
        } finally {
            server.start();
        }

        assertMfa(realm.signIn(new Browser(), member).claims());
        assertThat(realm.password(new Browser(), realm.web().signIn(), newcomer))
                .isInstanceOf(EnrollTotpPage.class);
    }

    private void assertRefused() {
        ChallengePage asked =
                realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);
        assertUnavailable(asked.answer(member.phone().nextCode()));
        TokenReply reply = realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode());
        assertThat(reply.granted()).as(reply.describe()).isFalse();
        assertThat(reply.status()).as(reply.describe()).isEqualTo(503);
        assertThat(reply.error()).isEqualTo("mfa_unavailable");
        assertThat(reply.reply().body()).doesNotContain("Exception", "io.sallyport");
        assertThat(realm.backend().password(member.username(), Member.PASSWORD).granted())
                .isFalse();
        assertThat(new Locks(server).failures(member)).isZero();
    }

    private static void assertUnavailable(Page page) {
        ErrorPage refused = page.as(ErrorPage.class);
        assertThat(refused.html().reply().status()).isEqualTo(503);
        assertThat(refused.message()).isEqualTo(UNAVAILABLE);
        assertThat(refused.html().reply().body()).doesNotContain("Exception", "io.sallyport");
    }

    private List<String> errorsSince(int length) {
        return server.log()
                .substring(length)
                .lines()
                .filter(line -> line.contains("ERROR") && line.contains(realm.name()))
                .toList();
    }

    private void whileRunningWith(Optional<Path> keys, Runnable story) {
        try (KeycloakServer otherwise = server.with(keys)) {
            otherwise.start();
            story.run();
        }
    }
}
