package io.sallyport.factor.webauthn;

import static io.sallyport.factor.webauthn.SoftKey.CHALLENGE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ChallengeHashTest {

    private final ChallengeHash hash = ChallengeHash.of(CHALLENGE);

    @Test
    void itIsOfItsChallengeOnly() {
        assertThat(hash.isOf(CHALLENGE)).isTrue();
        assertThat(hash.isOf(CHALLENGE.sha256())).isFalse();
        assertThat(hash.isOf(Bytes.of(new byte[0]))).isFalse();
    }

    @Test
    void whatIsKeptDoesNotSayTheChallenge() {
        assertThat(hash.text()).doesNotContain(CHALLENGE.base64Url());
        assertThat(ChallengeHash.parse(hash.text())).contains(hash);
    }

    @Test
    void aChallengeThatWasKeptItselfIsNoHash() {
        assertThat(ChallengeHash.parse(CHALLENGE.base64Url())).isEmpty();
        assertThat(ChallengeHash.parse("")).isEmpty();
    }

    @Test
    void whatIsNoHashIsNone() {
        assertThat(ChallengeHash.parse("sha256-?")).isEmpty();
        assertThat(ChallengeHash.parse(hash.text().substring(0, 20))).isEmpty();
        assertThat(ChallengeHash.parse(hash.text() + "AAAA")).isEmpty();
    }
}
