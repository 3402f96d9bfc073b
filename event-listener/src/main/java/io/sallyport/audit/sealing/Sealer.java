package io.sallyport.audit.sealing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Timer;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;

/** A round of sealing every second, from the start of the server to its end, on a thread of its own. */
public final class Sealer implements AutoCloseable {

    private static final int DEFAULT_INTERVAL = 60;
    private static final int HOUR = 3_600;
    private static final long EVERY = 1_000;

    private final Outlet outlet;
    private final FormerKeys former;
    private final Duration pruning;
    private final Duration interval;
    private final Timer rounds = new Timer("sallyport-sealer", true);
    /** Of their own: a first removal of many years takes hours, and sealing waits for nothing. */
    private final Timer removals = new Timer("sallyport-retention", true);

    /**
     * With the options {@code checkpoint-directory} and {@code former-keys}, and {@code checkpoint-interval} and
     * {@code retention-interval} in seconds.
     */
    public Sealer(Config.Scope config) {
        this.interval = seconds(config, "checkpoint-interval", DEFAULT_INTERVAL);
        this.pruning = seconds(config, "retention-interval", HOUR);
        this.outlet = new Outlet(
                Optional.ofNullable(config.get("checkpoint-directory")).map(Path::of));
        this.former =
                new FormerKeys(Optional.ofNullable(config.get("former-keys")).map(Path::of));
    }

    private static Duration seconds(Config.Scope config, String name, int usual) {
        int seconds = config.getInt(name, usual);
        if (seconds < 1 || seconds > 86_400) {
            throw new IllegalArgumentException(name + " = " + seconds + ", want 1 to 86400");
        }
        return Duration.ofSeconds(seconds);
    }

    /** Begins once the server has its tables. */
    public void beginWith(KeycloakSessionFactory sessions, Herald herald) {
        sessions.register(event -> {
            if (event instanceof PostMigrationEvent) {
                rounds.schedule(new SealingRound(sessions, outlet, former, herald, interval), EVERY, EVERY);
                removals.schedule(new PruningRound(sessions, former), EVERY, pruning.toMillis());
            }
        });
    }

    @Override
    public void close() {
        rounds.cancel();
        removals.cancel();
    }
}
