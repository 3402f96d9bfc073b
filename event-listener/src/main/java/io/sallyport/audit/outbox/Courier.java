package io.sallyport.audit.outbox;

import io.sallyport.event.sink.MfaEventSink;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;

/**
 * Looks for what is due, twice a second and after an alert at once, and gives each lane to a thread of its sink. Every node
 * has one.
 */
public final class Courier implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Courier.class);
    private static final int MOST_ATTEMPTS = 30;
    private static final Duration EVERY = Duration.ofMillis(500);

    private static final int LONGEST_ID = 36; // MFA_OUTBOX.SINK

    private final int mostAttempts;
    private final Removals removals;
    private final BackOff backOff = new BackOff(new SecureRandom());
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(Threads.named("sallyport-outbox"));
    private final Threads threads = new Threads();
    private final Set<Lane> busy = ConcurrentHashMap.newKeySet();
    private final Rest rest = new Rest();
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile @Nullable KeycloakSessionFactory sessions;
    private volatile @Nullable Future<?> rounds;

    /** With the option {@code delivery-attempts}. */
    public Courier(Config.Scope config) {
        mostAttempts = config.getInt("delivery-attempts", MOST_ATTEMPTS);
        if (mostAttempts < 1 || mostAttempts > 1_000) {
            throw new IllegalArgumentException("delivery-attempts = " + mostAttempts + ", want 1 to 1000");
        }
        removals = new Removals(Expiry.from(config));
    }

    /**
     * Begins once the server has its tables.
     *
     * @throws IllegalArgumentException if there is a sink whose id has no place in them
     */
    public void beginWith(KeycloakSessionFactory factory) {
        factory.getProviderFactoriesStream(MfaEventSink.class).forEach(sink -> {
            if (sink.getId().length() > LONGEST_ID) {
                throw new IllegalArgumentException(
                        "the id of the sink " + sink.getId() + " is longer than " + LONGEST_ID);
            }
        });
        removals.beginWith(factory);
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                sessions = factory;
                Counters.begin(
                        factory.getProviderFactoriesStream(MfaEventSink.class)
                                .map(sink -> sink.getId())
                                .toList(),
                        threads.stuck());
                rounds = clock.scheduleWithFixedDelay(
                        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    /** Something is there that must not wait. */
    void wake() {
        try {
            clock.execute(this::look);
        } catch (RejectedExecutionException ending) {
            LOG.debug("The server stops; another node, or this one when it is back, delivers what waits", ending);
        }
    }

    private void look() {
        KeycloakSessionFactory known = sessions;
        if (known == null) {
            return;
        }
        try {
            Desk desk = new Desk(known);
            for (Lane lane : desk.glance((session, ledger, connection) -> ledger.lanes())) {
                if (known.getProviderFactory(MfaEventSink.class, lane.sink()) != null
                        && !rest.whole(lane)
                        && busy.add(lane)) {
                    threads.of(lane.sink()).execute(() -> deliver(desk, lane));
                }
            }
            failing.set(false);
        } catch (Throwable failure) { // thrown on, an error would end all rounds
            told(failure, "The outbox can't be read");
        }
    }

    /** A lane with more to do goes to the end of the queue of its sink's threads. */
    private void deliver(Desk desk, Lane lane) {
        boolean more = false;
        try {
            more = new LaneRound(desk, lane, threads, rest, mostAttempts, backOff).run();
            if (more) {
                threads.of(lane.sink()).execute(() -> deliver(desk, lane));
            }
        } catch (Throwable failure) {
            more = false;
            rest.begin(lane);
            told(failure, "Events for " + lane.sink() + " are not delivered");
        } finally {
            if (!more) {
                busy.remove(lane);
            }
        }
    }

    /** What fails is tried again; it is told once, until the outbox can be read again. A server that ends breaks things. */
    private void told(Throwable failure, String what) {
        if (!clock.isShutdown() && failing.compareAndSet(false, true)) {
            LOG.errorf(failure, "%s, and that is tried again without further words", what);
        }
    }

    @Override
    public void close() {
        Future<?> begun = rounds;
        if (begun != null) {
            begun.cancel(false);
        }
        clock.shutdown();
        removals.close();
        threads.close();
    }
}
