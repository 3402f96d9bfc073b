package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.journey.Forgeries.Forgery;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** CLM-02: the administration takes no token for a token of its realm that is not one. */
@Journey
final class ForgeriesIT {

    private final MfaRealm realm;
    private final SigningKey key;
    private final Tokens genuine;

    ForgeriesIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        this.key = OwnKey.in(realm);
        this.genuine = administrator(realm);
    }

    @TestFactory
    @DisplayName("CLM-02: every forgery is 401, without a word about why")
    Stream<DynamicTest> everyForgery() {
        return Forgeries.of(genuine, key).stream()
                .map(forgery -> DynamicTest.dynamicTest(forgery.name(), () -> assertUnauthenticated(forgery)));
    }

    @Test
    @DisplayName("CLM-02: a session that was ended takes its token along")
    void anEndedSession() {
        Tokens tokens = administrator(realm);
        assertThat(call(tokens.access()).status()).isEqualTo(200);

        realm.backend().logout(tokens.refresh().orElseThrow()).expect(204);

        assertUnauthenticated(new Forgery("ended session", tokens.access()));
    }

    @Test
    @DisplayName("CLM-02: an administrator of another realm is known to Keycloak, and may do nothing here")
    void anotherRealm(KeycloakServer server) {
        String token = administrator(MfaRealm.strict(server)).access();

        assertThat(call(token).status()).isEqualTo(403);
    }

    private void assertUnauthenticated(Forgery forgery) {
        assertThat(call(genuine.access()).status()).as("the genuine one").isEqualTo(200);

        Reply reply = call(forgery.token());

        assertThat(reply.status()).as("%s: %s", forgery, reply.body()).isEqualTo(401);
        assertThat(reply.body()).doesNotContain("Exception", "io.sallyport", "org.keycloak");
    }

    private Reply call(String token) {
        return new HelpDesk(realm).call("GET", "settings", "", token);
    }

    private static Tokens administrator(MfaRealm realm) {
        Member member = realm.enrolled();
        Roles.of(realm).grant(member.id(), "realm-admin");
        return realm.backend()
                .password(member.username(), Member.PASSWORD, member.phone().nextCode())
                .tokens();
    }
}
