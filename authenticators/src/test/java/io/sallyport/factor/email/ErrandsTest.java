package io.sallyport.factor.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** one realm's mail server silences nobody but that realm, and what is lost is told. */
final class ErrandsTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofMillis(200);

    private final CountDownLatch end = new CountDownLatch(1);
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        end.countDown();
    }

    @Test
    @DisplayName("R-14: a realm whose server never answers keeps no other realm waiting")
    void laneByRealm() throws Exception {
        Errands errands = new Errands(new Errands.Limits(2, 100, NEVER, NEVER));
        for (int i = 0; i < 20; i++) {
            errands.take("bad", "server", errand("bad " + i, this::hang));
        }

        errands.take("good", "server", errand("good", () -> {}));

        assertThat(next()).isEqualTo("good done");
        assertThat(told).isEmpty();
    }

    @Test
    @DisplayName("R-14: a realm whose server was mended does not wait for what hangs at the one before")
    void anotherServer() throws Exception {
        Errands errands = new Errands(new Errands.Limits(2, 100, NEVER, NEVER));
        for (int i = 0; i < 3; i++) {
            errands.take("realm", "tarpit", errand("lost", this::hang));
        }

        errands.take("realm", "mended", errand("mended", () -> {}));

        assertThat(next()).isEqualTo("mended done");
        assertThat(told).isEmpty();
    }

    @Test
    void whatDoesNotEndIsLostOnceAndKeepsItsPlaceUntilItEnds() throws Exception {
        Errands errands = new Errands(new Errands.Limits(1, 100, NEVER, SOON));
        errands.take("realm", "server", errand("first", this::hang));
        errands.take("realm", "server", errand("second", () -> {}));

        assertThat(next()).isEqualTo("first lost: no end in 0 seconds");
        assertThat(told).isEmpty();
        end.countDown();

        assertThat(next()).isEqualTo("first done");
        assertThat(next()).isEqualTo("second done");
        assertThat(told).isEmpty();
    }

    @Test
    void whatWaitsTooLongIsLost() throws Exception {
        Errands errands = new Errands(new Errands.Limits(1, 100, SOON, NEVER));
        errands.take("realm", "server", errand("first", this::hang));
        errands.take("realm", "server", errand("second", () -> {}));

        assertThat(next()).isEqualTo("second lost: those before it took too long");
    }

    @Test
    void oneMoreThanMayWaitIsLost() throws Exception {
        Errands errands = new Errands(new Errands.Limits(1, 1, NEVER, NEVER));
        errands.take("realm", "server", errand("first", this::hang));
        errands.take("realm", "server", errand("second", () -> {}));
        errands.take("realm", "server", errand("third", () -> {}));

        assertThat(next()).isEqualTo("third lost: too many wait before it");
        end.countDown();
        assertThat(next()).isEqualTo("first done");
        assertThat(next()).isEqualTo("second done");
    }

    @Test
    void whatBreaksIsLostAnErrorToo() throws Exception {
        Errands errands = new Errands(new Errands.Limits(1, 100, NEVER, NEVER));
        errands.take("realm", "server", errand("first", () -> {
            throw new IllegalStateException("broken");
        }));
        errands.take("realm", "server", errand("second", () -> {
            throw new NoClassDefFoundError("of somebody else");
        }));
        errands.take("realm", "server", errand("third", () -> {}));

        assertThat(next()).isEqualTo("first lost: it broke");
        assertThat(next()).isEqualTo("second lost: it broke");
        assertThat(next()).isEqualTo("third done");
    }

    private String next() throws InterruptedException {
        return String.valueOf(told.poll(1, TimeUnit.MINUTES));
    }

    private void hang() {
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException heeded) {
                // as JavaMail does, it heeds nothing
            }
        }
    }

    private Errand errand(String name, Runnable work) {
        return new Errand() {
            @Override
            public void run() {
                work.run();
                told.add(name + " done");
            }

            @Override
            public void lost(String why, Throwable cause) {
                told.add(name + " lost: " + why);
            }
        };
    }
}
