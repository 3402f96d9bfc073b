package io.sallyport.population;

import io.sallyport.policy.SignInFacts;
import io.sallyport.verify.Circumstances;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The users of a realm in Keycloak's database, each with the facts that a sign-in of his would have. Users who are only in
 * an external directory are not among them.
 */
public final class Population {

    private static final int PAGE = 1_000;

    private final Tables tables;
    private final Structure structure;
    private final String cursor;

    /**
     * The population of a realm in the session's transaction.
     *
     * @param circumstances of the sign-in that everybody is imagined to make
     * @param cursor id of the user after whom people are {@link Person#beyond}; absent for all of them
     */
    public Population(KeycloakSession session, RealmModel realm, Circumstances circumstances, Optional<String> cursor) {
        this.tables = new Tables(session, realm);
        this.structure = new Structure(session, realm, circumstances);
        this.cursor = cursor.orElse(Tables.FIRST);
    }

    /** How many users there are, of any kind. */
    public long size() {
        return tables.ofRealm("select count(u.id) from UserEntity u where u.realmId = :realm", Long.class)
                .getSingleResult();
    }

    /** The first users; empty if there are none. */
    public Optional<Page> first() {
        return after(Tables.FIRST);
    }

    /** The users after the one with this id; empty if there are none. */
    public Optional<Page> after(String id) {
        List<Object[]> rows = tables.ofRealm(
                        "select u.id, u.username, u.enabled, u.serviceAccountClientLink,"
                                + " case when u.id > :cursor then true else false end"
                                + " from UserEntity u where u.realmId = :realm and u.id > :after order by u.id",
                        Object[].class)
                .setParameter("cursor", cursor)
                .setParameter("after", id)
                .setMaxResults(PAGE)
                .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        String last = (String) rows.get(rows.size() - 1)[0];
        Holdings holdings = new Holdings(tables, id, last);
        List<Person> people = new ArrayList<>();
        int disabled = 0;
        int serviceAccounts = 0;
        for (Object[] row : rows) {
            if (row[3] != null) {
                serviceAccounts++;
            } else if (!(boolean) row[2]) {
                disabled++;
            } else {
                people.add(person((String) row[0], String.valueOf(row[1]), (boolean) row[4], holdings));
            }
        }
        return Optional.of(new Page(people, disabled, serviceAccounts, id, last));
    }

    private Person person(String id, String username, boolean beyond, Holdings his) {
        SignInFacts facts = structure.facts(id, his.groups(id), his.roles(id), his.methods(id));
        return new Person(
                username, facts, structure.isAdministrator(his.groups(id), his.roles(id)), his.breakGlass(id), beyond);
    }
}
