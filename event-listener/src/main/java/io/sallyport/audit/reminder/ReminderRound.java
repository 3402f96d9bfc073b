package io.sallyport.audit.reminder;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.store.Exceptions;
import io.sallyport.policy.store.StoredRule;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.EventsSetting;
import io.sallyport.provider.RealmSettings;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Looks through the exceptions of all realms that enforce MFA. Each reminder is an event, in one transaction with the row that says
 * that it was made: of several nodes one can commit it.
 */
final class ReminderRound implements Runnable {

    private static final Logger LOG = Logger.getLogger(ReminderRound.class);

    private final KeycloakSessionFactory sessions;

    ReminderRound(KeycloakSessionFactory sessions) {
        this.sessions = sessions;
    }

    @Override
    public void run() {
        List<String> realms = new ArrayList<>();
        attempt(
                "the realms",
                () -> realms.addAll(
                        KeycloakModelUtils.runJobInTransactionWithResult(sessions, RealmSettings::enabledRealms)));
        realms.forEach(realm -> attempt("realm " + realm, () -> remind(realm)));
    }

    /** What fails is tried again in the next round; thrown on, it would end all rounds. */
    private static void attempt(String what, Runnable work) {
        try {
            work.run();
        } catch (Throwable failure) { // an error too
            LOG.errorf(failure, "Nobody is reminded of the exceptions of %s; that is tried again", what);
        }
    }

    private void remind(String realmId) {
        List<Reminder> due = KeycloakModelUtils.runJobInTransactionWithResult(
                sessions,
                session ->
                        in(session, realmId).map(realm -> due(session, realm)).orElse(List.of()));
        for (Reminder reminder : due) {
            try {
                KeycloakModelUtils.runJobInTransaction(
                        sessions, session -> in(session, realmId).ifPresent(realm -> remind(session, realm, reminder)));
            } catch (ModelDuplicateException other) {
                LOG.debugf(other, "Another node reminds of exception %s", reminder.rule());
            }
        }
    }

    private static Optional<RealmModel> in(KeycloakSession session, String realmId) {
        Optional<RealmModel> realm = Optional.ofNullable(session.realms().getRealm(realmId));
        realm.ifPresent(session.getContext()::setRealm);
        return realm;
    }

    private static List<Reminder> due(KeycloakSession session, RealmModel realm) {
        List<Integer> stages = RealmSettings.of(session, realm).get(EventsSetting.REMINDER_DAYS);
        List<Reminder> due = new ArrayList<>();
        if (!stages.isEmpty()) {
            EntityManager em = entities(session);
            Instant now = DatabaseClock.now(em);
            Set<Reminder> made = made(em, realm, now);
            new Exceptions(session, realm)
                    .each(rule -> Reminder.due(rule, stages, now)
                            .filter(one -> !made.contains(one))
                            .ifPresent(due::add));
        }
        return due;
    }

    /** What is over is forgotten. */
    private static Set<Reminder> made(EntityManager em, RealmModel realm, Instant now) {
        em.createQuery("delete from MfaExceptionReminder r where r.realmId = :realm and r.endsAt < :now")
                .setParameter("realm", realm.getId())
                .setParameter("now", now.toEpochMilli())
                .executeUpdate();
        Set<Reminder> made = new HashSet<>();
        em.createQuery("select r from MfaExceptionReminder r where r.realmId = :realm", ReminderRow.class)
                .setParameter("realm", realm.getId())
                .getResultStream()
                .forEach(row -> made.add(row.reminder()));
        return made;
    }

    /** Nothing if it was changed just now: the next round sees what it has become. */
    private static void remind(KeycloakSession session, RealmModel realm, Reminder reminder) {
        List<Integer> stage = List.of(reminder.days());
        EntityManager em = entities(session);
        Instant now = DatabaseClock.now(em);
        new Exceptions(session, realm)
                .find(reminder.rule())
                .filter(stored -> Reminder.due(stored.rule(), stage, now)
                        .filter(reminder::equals)
                        .isPresent())
                .ifPresent(stored -> {
                    em.persist(new ReminderRow(realm.getId(), reminder));
                    em.flush();
                    Trail.recordHere(session, realm, event(session, realm, stored, reminder));
                });
    }

    private static MfaEvent event(KeycloakSession session, RealmModel realm, StoredRule stored, Reminder reminder) {
        PolicyRule rule = stored.rule();
        MfaEvent event = MfaEvent.of(MfaEventType.EXCEPTION_ENDING, Outcome.SUCCESS)
                .with(Detail.RULE, rule.id())
                .with(Detail.RULE_NAME, rule.name())
                .with(Detail.POLICY_VERSION, String.valueOf(rule.version()))
                .with(Detail.POLICY_LEVEL, rule.scope().level().name())
                .with(Detail.REASON, rule.reason().orElse(""))
                .with(Detail.TO, reminder.end().toString())
                .with(Detail.DAYS_LEFT, String.valueOf(reminder.days()));
        MfaEvent inTenant =
                rule.scope().tenant().map(id -> event.with(Detail.TENANT, id)).orElse(event);
        // an administrator of another realm is nobody here
        return stored.owner()
                .map(id -> session.users().getUserById(realm, id))
                .map(UserModel::getId)
                .map(id -> inTenant.user(id).with(Detail.OWNER, id))
                .orElse(inTenant);
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
