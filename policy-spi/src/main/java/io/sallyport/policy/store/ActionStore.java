package io.sallyport.policy.store;

import io.sallyport.policy.action.Action;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads a realm's catalogue of actions; it is changed by {@link ActionEdit}. */
public final class ActionStore {

    private static final String NEWEST = "select a from MfaAction a where a.realmId = :realm and a.version = "
            + "(select max(b.version) from MfaAction b where b.realmId = a.realmId and b.type = a.type)";

    private final EntityManager em;
    private final String realmId;

    /** The actions of the realm, in the session's transaction. */
    public ActionStore(KeycloakSession session, RealmModel realm) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realm.getId();
    }

    /** All actions in force, by type. */
    public List<StoredAction> all() {
        return em.createQuery(NEWEST + " and a.document is not null order by a.type", ActionRow.class)
                .setParameter("realm", realmId)
                .getResultStream()
                .map(ActionRow::stored)
                .toList();
    }

    /** The action of a type; empty if there is none, then it is denied. */
    public Optional<Action> find(String type) {
        return newest(type).flatMap(StoredAction::action);
    }

    /**
     * The action of a type, with its origin.
     *
     * @throws NoSuchRule if there is none
     */
    public StoredAction existing(String type) {
        return newest(type).filter(stored -> stored.action().isPresent()).orElseThrow(() -> new NoSuchRule(type));
    }

    /** The newest version of a type, which may say that it was deleted. */
    Optional<StoredAction> newest(String type) {
        return history(type, 1).stream().findFirst();
    }

    /** What was changed in a type, newest first. */
    public List<StoredAction> history(String type, int max) {
        return em.createQuery(
                        "select a from MfaAction a where a.realmId = :realm and a.type = :type order by a.version desc",
                        ActionRow.class)
                .setParameter("realm", realmId)
                .setParameter("type", type)
                .setMaxResults(max)
                .getResultStream()
                .map(ActionRow::stored)
                .toList();
    }

    /** What would change if these actions were put in place of all. */
    public List<ActionChange> diff(List<Action> wanted) {
        Set<String> types = wanted.stream().map(Action::type).collect(Collectors.toSet());
        Stream<ActionChange> gone = all().stream()
                .filter(stored -> !types.contains(stored.type()))
                .map(stored -> ActionChange.after(stored.type(), Optional.of(stored), Optional.empty()));
        Stream<ActionChange> put = wanted.stream()
                .map(action -> ActionChange.after(action.type(), newest(action.type()), Optional.of(action)));
        return Stream.concat(gone, put).filter(ActionChange::says).toList();
    }

    /** Forgets the actions of a realm that is being removed. */
    void forgetRealm() {
        em.createQuery("delete from MfaAction a where a.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
