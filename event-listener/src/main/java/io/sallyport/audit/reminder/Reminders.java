package io.sallyport.audit.reminder;

import jakarta.persistence.EntityManager;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.PostMigrationEvent;

/** When reminders of exceptions are looked for: once an hour on each node, first ten minutes after the start. */
public final class Reminders implements AutoCloseable {

    private static final int HOUR = 3_600;
    private static final int DAY = 86_400;
    private static final int FIRST = 600;

    private final int every;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "sallyport-reminders");
        made.setDaemon(true); // it never keeps a server from ending
        return made;
    });

    private volatile @Nullable Future<?> rounds;

    /** With the option {@code reminder-interval} in seconds. */
    public Reminders(Config.Scope config) {
        every = config.getInt("reminder-interval", HOUR);
        if (every < 1 || every > DAY) {
            throw new IllegalArgumentException("reminder-interval = " + every + ", want 1 to " + DAY);
        }
    }

    /** Begins once the server has its tables. */
    public void beginWith(KeycloakSessionFactory factory) {
        factory.register(event -> {
            if (event instanceof PostMigrationEvent) {
                rounds = thread.scheduleWithFixedDelay(
                        new ReminderRound(factory), Math.min(FIRST, every), every, TimeUnit.SECONDS);
            } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
                forget(
                        removed.getKeycloakSession()
                                .getProvider(JpaConnectionProvider.class)
                                .getEntityManager(),
                        removed.getRealm().getId());
            }
        });
    }

    private static void forget(EntityManager em, String realmId) {
        em.createQuery("delete from MfaExceptionReminder r where r.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    @Override
    public void close() {
        Future<?> begun = rounds;
        if (begun != null) {
            begun.cancel(true);
        }
        thread.shutdown();
    }
}
