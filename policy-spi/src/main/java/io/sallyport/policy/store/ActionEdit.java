package io.sallyport.policy.store;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.rules.ActionWriter;
import io.sallyport.provider.DatabaseClock;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Changes a realm's catalogue of actions, one edit after the other, each version on the record. */
public final class ActionEdit {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;
    private final ActionStore store;
    private final RevisionRow revision;
    private final Optional<String> actor;
    private final String reason;

    private ActionEdit(KeycloakSession session, RealmModel realm, Optional<String> actor, String reason) {
        this.session = session;
        this.realm = realm;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.store = new ActionStore(session, realm);
        this.revision = PolicyLock.take(em, realm.getId());
        this.actor = actor;
        this.reason = reason;
    }

    /**
     * Begins an edit; edits of the policy and of the catalogue wait for each other.
     *
     * @param actor id of the administrator; absent if the server does it by itself
     * @param reason why, of at most 255 characters
     */
    public static ActionEdit begin(KeycloakSession session, RealmModel realm, Optional<String> actor, String reason) {
        return new ActionEdit(session, realm, actor, reason);
    }

    /**
     * Adds an action, or puts it in place of the one of the same type.
     *
     * @param seen the version that the author has seen; absent for a new one
     * @throws PolicyConflict if he has seen another one, or none where there is one
     */
    public List<ActionChange> put(Action action, Optional<Long> seen) {
        Optional<StoredAction> newest = store.newest(action.type());
        refuseStale(action.type(), newest, seen);
        return make(List.of(ActionChange.after(action.type(), newest, Optional.of(action))));
    }

    /**
     * Deletes an action: from now on it is denied.
     *
     * @param seen the version that the author has seen; absent deletes any
     * @throws NoSuchRule if there is none
     * @throws PolicyConflict if it was changed since
     */
    public List<ActionChange> delete(String type, Optional<Long> seen) {
        Optional<StoredAction> newest = Optional.of(store.existing(type));
        if (seen.isPresent()) {
            refuseStale(type, newest, seen);
        }
        return make(List.of(ActionChange.after(type, newest, Optional.empty())));
    }

    /** Puts these actions in place of all; one that says the same as before stays as it is. */
    public List<ActionChange> replaceAll(List<Action> wanted) {
        return make(store.diff(wanted));
    }

    private static void refuseStale(String type, Optional<StoredAction> newest, Optional<Long> seen) {
        long current = newest.filter(stored -> stored.action().isPresent())
                .map(StoredAction::version)
                .orElse(0L);
        if (seen.orElse(0L) != current) {
            throw PolicyConflict.stale("action " + type, seen.orElse(0L), current);
        }
    }

    private List<ActionChange> make(List<ActionChange> wanted) {
        List<ActionChange> made = wanted.stream().filter(ActionChange::says).toList();
        if (made.isEmpty()) {
            return made;
        }
        revision.next();
        for (ActionChange change : made) {
            em.persist(new ActionRow(realm.getId(), change, actor.orElse(null), reason, DatabaseClock.now(em)));
        }
        em.flush();
        made.forEach(this::record);
        return made;
    }

    private void record(ActionChange change) {
        MfaEvent event = MfaEvent.of(type(change), Outcome.SUCCESS)
                .with(Detail.ACTION, change.type())
                .with(Detail.POLICY_VERSION, String.valueOf(change.version()))
                .with(Detail.REASON, reason);
        if (change.before().isPresent()) {
            event = event.with(
                    Detail.BEFORE,
                    RecordedJson.of(ActionWriter.write(change.before().get())));
        }
        if (change.after().isPresent()) {
            event = event.with(
                    Detail.AFTER,
                    RecordedJson.of(ActionWriter.write(change.after().get())));
        }
        MfaEvent whole = event;
        Trail.record(
                session,
                realm,
                actor.map(id -> whole.with(Detail.ACTOR, id).user(id)).orElse(whole));
    }

    private static MfaEventType type(ActionChange change) {
        if (change.before().isEmpty()) {
            return MfaEventType.POLICY_CREATED;
        }
        return change.after().isPresent() ? MfaEventType.POLICY_UPDATED : MfaEventType.POLICY_DELETED;
    }
}
