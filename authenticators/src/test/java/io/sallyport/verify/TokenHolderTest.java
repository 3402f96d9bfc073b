package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.AccessToken;

final class TokenHolderTest {

    private static final TokenHolder KEYLESS = new TokenHolder(Optional.of("192.0.2.1"), Optional.empty());

    @Test
    void whatIsBoundToAKeyLeadsToTokensThatAre() {
        AccessToken token = new AccessToken();
        AccessToken.Confirmation key = new AccessToken.Confirmation();
        key.setKeyThumbprint("thumbprint");
        token.setConfirmation(key);

        TokenHolder holder = KEYLESS.with(token);

        assertThat(holder.isByDpop()).isTrue();
        assertThat(holder.address()).isEqualTo(KEYLESS.address());
        assertThat(holder.confirmation())
                .map(AccessToken.Confirmation::getKeyThumbprint)
                .contains("thumbprint");
    }

    @Test
    void aCertificateIsNoKeyOfDpop() {
        TokenHolder holder = new TokenHolder(Optional.empty(), Optional.of("x5t#S256:print"));

        assertThat(holder.isByDpop()).isFalse();
        assertThat(holder.confirmation())
                .map(AccessToken.Confirmation::getCertThumbprint)
                .contains("print");
    }

    @Test
    void aTokenThatIsBoundToNothingBindsToNothing() {
        assertThat(KEYLESS.with(new AccessToken())).isEqualTo(KEYLESS);
        assertThat(KEYLESS.confirmation()).isEmpty();
    }
}
