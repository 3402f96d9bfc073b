package io.sallyport.factor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.factor.webauthn.Bytes;
import io.sallyport.factor.webauthn.ChallengeHash;
import io.sallyport.policy.Method;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a server without a key. */
final class KeyChallengeTest {

    private static final Bytes POSED = Bytes.of("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

    @Test
    void ofWhatWasPosedTheHashIsKept() {
        Challenge challenge = kept(ChallengeHash.of(POSED).text(), Optional.empty());

        assertThat(KeyChallenge.posed(challenge)).contains(ChallengeHash.of(POSED));
        assertThat(KeyChallenge.again(challenge)).isEmpty();
    }

    @Test
    void whatTheVersionBeforeKeptIsStillAnswered() {
        Challenge challenge = kept(POSED.base64Url(), Optional.empty());

        assertThat(KeyChallenge.posed(challenge)).contains(ChallengeHash.of(POSED));
        assertThat(KeyChallenge.again(challenge)).contains(POSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "AAAA", "sha256-", "sha256-AAAA", "sha256:AAAA"})
    void whatNobodyPosedHasNoAnswer(String kept) {
        Challenge challenge = kept(kept, Optional.empty());

        assertThat(KeyChallenge.posed(challenge)).isEmpty();
        assertThat(KeyChallenge.again(challenge)).isEmpty();
    }

    @Test
    void whatTheVersionBeforeReadsIsAnotherChallenge() {
        String text = ChallengeHash.of(POSED).text();

        assertThat(Bytes.of(Base64.getUrlDecoder().decode(text))).isNotEqualTo(POSED);
    }

    @Test
    void ofAnApprovalItFollowsFromWhatIsApproved() {
        Bytes signed = KeyChallenge.ofHash("a-hash");
        Challenge challenge = kept(ChallengeHash.of(POSED).text(), Optional.of("a-hash"));

        assertThat(KeyChallenge.posed(challenge)).contains(ChallengeHash.of(signed));
        assertThat(KeyChallenge.again(challenge)).contains(signed);
        assertThat(KeyChallenge.ofHash("another-hash")).isNotEqualTo(signed);
    }

    @Test
    void withoutAKeyItIsRandom() {
        Bytes challenge = KeyChallenge.of("an-id");

        assertThat(challenge.length()).isEqualTo(32);
        assertThat(KeyChallenge.of("an-id")).isNotEqualTo(challenge);
    }

    private static Challenge kept(String kept, Optional<String> hash) {
        return new Challenge(
                "an-id", Set.of(Method.WEBAUTHN), Purpose.SIGN_IN, Optional.empty(), kept, hash, Instant.MAX);
    }
}
