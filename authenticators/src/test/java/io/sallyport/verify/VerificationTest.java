package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.factor.Spending;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class VerificationTest {

    @Test
    void eachOutcomeIsACaseOfItsOwn() {
        assertThat(named(new Verification.Verified(null))).isEqualTo("verified");
        assertThat(named(new Verification.Rejected(Verification.Why.WRONG_CODE)))
                .isEqualTo("rejected wrong_code");
        assertThat(named(new Verification.LockedOut(Instant.EPOCH, true))).isEqualTo("locked 1970-01-01T00:00:00Z");
    }

    @Test
    void onlyACounterThatWentBackIsAPossibleClone() {
        assertThat(Verification.Why.of(Spending.POSSIBLE_CLONE)).isEqualTo(Verification.Why.POSSIBLE_CLONE);
        assertThat(Verification.Why.of(Spending.REPLAY)).isEqualTo(Verification.Why.REPLAY);
    }

    @Test
    void onlyWhatWasComparedCountsAgainstHim() {
        assertThat(Arrays.stream(Verification.Why.values()).filter(Verification.Why::isHis))
                .containsExactly(
                        Verification.Why.WRONG_CODE,
                        Verification.Why.REPLAY,
                        Verification.Why.POSSIBLE_CLONE,
                        Verification.Why.SUSPENDED);
    }

    private static String named(Verification verification) {
        return verification.match(
                verified -> "verified",
                rejected -> "rejected " + rejected.why().wireName(),
                locked -> "locked " + locked.until());
    }
}
