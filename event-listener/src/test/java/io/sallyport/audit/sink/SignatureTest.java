package io.sallyport.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureTest {

    // the vector of the reference implementations of Standard Webhooks
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant TIME = Instant.ofEpochSecond(1_614_265_330);
    private static final String BODY = "{\"test\": 2432232314}";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void itIsThatOfTheReference() {
        assertThat(Signature.with(SECRET).of(ID, TIME, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void twoSecretsSignBeforeOneIsGone() {
        String other = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

        assertThat(Signature.with(other + ", " + SECRET).of(ID, TIME, BODY).split(" "))
                .hasSize(2)
                .endsWith(SIGNATURE)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "whsec_",
                "whsec_c2hvcnQ=",
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa*w"
            })
    void anythingElseIsNoSecretAndIsNotNamed(String secret) {
        assertThatThrownBy(() -> Signature.with(secret))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("secret: want whsec_ and 24 to 64 random bytes in Base64");
    }
}
