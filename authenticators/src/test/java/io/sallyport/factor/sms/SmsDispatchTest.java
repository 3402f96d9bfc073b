package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SmsDispatchTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final SmsDispatch dispatch = new SmsDispatch(1, LONG);
    private final AtomicInteger sent = new AtomicInteger();

    @Test
    void aMessageIsHandedOverOnce() {
        assertThat(dispatch.send(this::take, sms())).isEqualTo(new Delivery.Sent("ref"));
        assertThat(sent).hasValue(1);
    }

    @Test
    void aSlowProviderIsGivenUpAndWhoFindsNoThreadIsToldAtOnce() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        SmsDispatch impatient = new SmsDispatch(1, Duration.ofSeconds(1));

        Delivery slow = impatient.send(
                sms -> {
                    waitFor(end);
                    over.countDown();
                    return new Delivery.Sent("late");
                },
                sms());
        Delivery next = impatient.send(this::take, sms());
        end.countDown();
        over.await();

        assertThat(slow).isEqualTo(new Delivery.Unclear("sms_no_answer"));
        assertThat(next).isEqualTo(new Delivery.Unavailable("sms_busy", true));
        assertThat(sent).hasValue(0);
    }

    @Test
    void aMessageThatNoThreadHasBegunIsNeverSentAndKeepsNoPlace() {
        List<Runnable> never = new ArrayList<>();
        SmsDispatch stuck = new SmsDispatch(1, Duration.ofMillis(1), LONG, never::add);

        Delivery first = stuck.send(this::take, sms());
        Delivery second = stuck.send(this::take, sms());
        never.forEach(Runnable::run);

        assertThat(List.of(first, second)).containsOnly(new Delivery.Unclear("sms_no_answer"));
        assertThat(sent).hasValue(0);
    }

    @Test
    void anExceptionIsNoAnswerAndTellsNothing() {
        Delivery delivery = dispatch.send(
                sms -> {
                    throw new IllegalStateException("secret +4915112345678");
                },
                sms());

        assertThat(delivery).isEqualTo(new Delivery.Unclear("sms_provider_error"));
    }

    @Test
    @DisplayName("R-17: after a row of failures no message is tried for a while")
    void aBrokenProviderIsLeftAlone() {
        for (int i = 0; i < 5; i++) {
            dispatch.send(this::fail, sms());
        }

        assertThat(dispatch.open()).isFalse();
        assertThat(dispatch.send(this::take, sms())).isEqualTo(new Delivery.Unavailable("sms_provider_resting", true));
        assertThat(sent).hasValue(5);
    }

    @Test
    @DisplayName("R-17: after its rest the provider is tried again, although nobody asked meanwhile")
    void aProviderThatRecoveredIsUsedAgain() throws InterruptedException {
        SmsDispatch quick = new SmsDispatch(1, LONG, Duration.ofMillis(1));
        for (int i = 0; i < 5; i++) {
            quick.send(this::fail, sms());
        }

        while (!quick.open()) {
            Thread.onSpinWait();
        }

        assertThat(quick.send(this::take, sms())).isEqualTo(new Delivery.Sent("ref"));
    }

    @Test
    @DisplayName("R-17: what is wrong with one number or one message keeps nobody else from messages")
    void aRefusalOfOneIsNoFailureOfTheProvider() {
        for (int i = 0; i < 20; i++) {
            dispatch.send(sms -> new Delivery.Refused("sms_number_unreachable"), sms());
            dispatch.send(sms -> new Delivery.Unavailable("sms_provider_busy", false), sms());
        }

        assertThat(dispatch.open()).isTrue();
    }

    @Test
    @DisplayName("R-17: credentials that the provider does not know are wrong for everybody")
    void wrongCredentialsAreAFailureForEverybody() {
        for (int i = 0; i < 5; i++) {
            dispatch.send(sms -> new Delivery.Unavailable("sms_provider_credentials", true), sms());
        }

        assertThat(dispatch.open()).isFalse();
    }

    private Delivery take(Sms sms) {
        sent.incrementAndGet();
        return new Delivery.Sent("ref");
    }

    private Delivery fail(Sms sms) {
        sent.incrementAndGet();
        return new Delivery.Unclear("sms_provider_error");
    }

    /** Like a socket, which an interrupt does not end. */
    private static void waitFor(CountDownLatch latch) {
        boolean waiting = true;
        while (waiting) {
            try {
                latch.await();
                waiting = false;
            } catch (InterruptedException ignored) {
                waiting = true;
            }
        }
    }

    private static Sms sms() {
        SmsCode code = SmsCode.generate(new SecureRandom());
        return new Sms(
                PhoneNumber.ofE164("+4915112345678"),
                Optional.of(code),
                SmsText.of("{0}", Locale.ENGLISH, code, Duration.ofMinutes(5), Optional.empty(), Optional.empty()),
                Locale.ENGLISH,
                Duration.ofMinutes(5),
                Optional.empty());
    }
}
