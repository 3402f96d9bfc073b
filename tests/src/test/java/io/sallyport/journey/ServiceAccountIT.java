package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertNoMfa;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A machine has no phone. */
@Journey
final class ServiceAccountIT {

    @Test
    @DisplayName("POL-19: client credentials work where everybody must prove MFA, and claim nothing")
    void serviceAccountsAreExempt(KeycloakServer server) {
        MfaRealm realm = MfaRealm.strict(server);

        TokenReply reply = realm.backend().clientCredentials();

        assertThat(reply.granted()).as(reply.describe()).isTrue();
        assertNoMfa(reply.tokens().claims());
    }
}
