package io.sallyport.journey;

/**
 * Rules straight into the table, more than anybody would make one by one; nobody is told of them, so make them first.
 *
 * @param database of PostgreSQL
 * @param realmId of the realm that gets them
 */
record ManyRules(Database database, String realmId) {

    static ManyRules of(KeycloakServer server, MfaRealm realm) {
        return new ManyRules(
                server.database(), realm.admin().get(realm.name()).path("id").asText());
    }

    /** So many about users of whom there is none. */
    ManyRules users(int count) {
        return insert("USER_ID", "user", count);
    }

    /** The same about groups. */
    ManyRules groups(int count) {
        return insert("GROUP_ID", "group", count);
    }

    /** The same about organizations. */
    ManyRules organizations(int count) {
        return insert("ORGANIZATION_ID", "organization", count);
    }

    private ManyRules insert(String column, String kind, int count) {
        database.update(
                "INSERT INTO MFA_POLICY_RULE (REALM_ID, ID, " + column + ", DOCUMENT, CREATED_AT, CHANGED_AT, VERSION)"
                        + " SELECT ?, '" + kind + "-' || n, '" + kind + "-' || n, '{\"id\":\"" + kind
                        + "-' || n || '\",\"name\":\"many\",\"required\":true,\"scope\":{\"" + kind + "\":\"" + kind
                        + "-' || n || '\"}}', 0, 0, 0 FROM generate_series(1, " + count + ") n",
                realmId);
        return this;
    }
}
