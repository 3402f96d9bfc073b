package io.sallyport.factor.sms;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a slow or broken provider from slowing down anything else: few messages at a time, five seconds for each, and after
 * a row of failures none at all for a while.
 */
public final class SmsDispatch {

    private static final String NO_ANSWER = "sms_no_answer";
    private static final Duration REST = Duration.ofSeconds(30);
    private static final SmsDispatch SHARED = new SmsDispatch(4, Duration.ofSeconds(5));

    private final Executor threads;
    private final Semaphore free;
    private final Semaphore telling = new Semaphore(1);
    private final CircuitBreaker breaker;
    private final Duration limit;

    SmsDispatch(int atOnce, Duration limit) {
        this(atOnce, limit, REST);
    }

    SmsDispatch(int atOnce, Duration limit, Duration rest) {
        this(atOnce, limit, rest, Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "mfa-sms");
            thread.setDaemon(true);
            return thread;
        }));
    }

    SmsDispatch(int atOnce, Duration limit, Duration rest, Executor threads) {
        this.threads = threads;
        this.free = new Semaphore(atOnce);
        this.limit = limit;
        this.breaker = CircuitBreaker.of(
                "mfa-sms",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(rest)
                        // nobody sends while it is open, so nobody would notice the end of the wait
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .permittedNumberOfCallsInHalfOpenState(2)
                        .recordResult(answer -> answer instanceof Delivery delivery && delivery.isOutage())
                        .build());
    }

    /** The one of this server. */
    public static SmsDispatch shared() {
        return SHARED;
    }

    /** Whether messages are being sent at all; not for a while after a row of failures. */
    public boolean open() {
        return breaker.getState() != CircuitBreaker.State.OPEN;
    }

    /** Sends the message once. What was granted must be committed before. */
    public Delivery send(SmsSender sender, Sms sms) {
        if (!free.tryAcquire()) {
            return new Delivery.Unavailable("sms_busy", true); // nothing waits, and the provider is not to blame
        }
        FutureTask<Delivery> answer = null;
        AtomicBoolean begun = new AtomicBoolean();
        try {
            breaker.acquirePermission();
            FutureTask<Delivery> task = new FutureTask<>(() -> released(sender, sms, begun));
            threads.execute(task);
            answer = task;
        } catch (CallNotPermittedException resting) {
            return new Delivery.Unavailable("sms_provider_resting", true);
        } finally {
            if (answer == null) {
                free.release();
            }
        }
        long start = breaker.getCurrentTimestamp();
        Delivery delivery = awaited(answer, begun);
        breaker.onResult(breaker.getCurrentTimestamp() - start, breaker.getTimestampUnit(), delivery);
        return delivery;
    }

    /** The same for what nobody waits for: one at a time, so that most places stay free for codes. */
    public Delivery tell(SmsSender sender, Sms sms) {
        telling.acquireUninterruptibly();
        try {
            return send(sender, sms);
        } finally {
            telling.release();
        }
    }

    /** A call that nobody waits for any more still holds its place, so that a stuck provider can't gather threads. */
    private Delivery released(SmsSender sender, Sms sms, AtomicBoolean begun) {
        if (!begun.compareAndSet(false, true)) {
            return new Delivery.Unclear(NO_ANSWER); // given up already, with its place
        }
        try {
            return sender.send(sms);
        } finally {
            free.release();
        }
    }

    private Delivery awaited(Future<Delivery> answer, AtomicBoolean begun) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            giveUp(answer, begun);
            return new Delivery.Unclear(NO_ANSWER);
        } catch (ExecutionException broken) {
            return new Delivery.Unclear("sms_provider_error"); // not with its message: it may quote anything
        } catch (InterruptedException stopping) {
            giveUp(answer, begun);
            Thread.currentThread().interrupt();
            return new Delivery.Unclear(NO_ANSWER);
        }
    }

    /** What has not begun will not begin, and holds no place. */
    private void giveUp(Future<Delivery> answer, AtomicBoolean begun) {
        answer.cancel(true);
        if (begun.compareAndSet(false, true)) {
            free.release();
        }
    }
}
