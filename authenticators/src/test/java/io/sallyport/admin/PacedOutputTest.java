package io.sallyport.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R-13: who reads too slowly is not waited for")
final class PacedOutputTest {

    private static final Duration SOON = Duration.ofMillis(40);

    @Test
    void whoTakesNothingIsGivenUpAndTheThreadGoesOn() {
        PacedOutput output = new PacedOutput(new Stuck(), SOON);

        assertThatThrownBy(() -> output.write(new byte[8])).isInstanceOf(InterruptedIOException.class);

        assertThat(output.isTooSlow()).isTrue();
        assertThat(Thread.interrupted()).isFalse();
        assertThatThrownBy(() -> output.write(1)).isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void whoTakesALittleNowAndThenIsGivenUpToo() {
        PacedOutput output = new PacedOutput(new Trickle(), SOON);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1_000; i++) {
                        output.write(new byte[8]);
                    }
                })
                .isInstanceOf(InterruptedIOException.class);
    }

    @Test
    void onlyTheTimeInWhichHeIsWaitedForCounts() throws IOException {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        PacedOutput output = new PacedOutput(taken, SOON);

        output.write(new byte[8]);
        LockSupport.parkNanos(SOON.multipliedBy(3).toNanos());
        output.write(new byte[8]);
        output.flush();
        output.end();

        assertThat(taken.size()).isEqualTo(16);
        assertThat(output.isTooSlow()).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Waits like the server for a reader who takes nothing. */
    private static final class Stuck extends OutputStream {

        @Override
        public void write(int octet) throws IOException {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ended) {
                throw new InterruptedIOException(ended.getMessage());
            }
        }
    }

    private static final class Trickle extends OutputStream {

        @Override
        public void write(int octet) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
