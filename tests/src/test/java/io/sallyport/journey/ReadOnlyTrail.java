package io.sallyport.journey;

/** The table of the trail takes no row of this realm; others share the server. */
final class ReadOnlyTrail {

    private final MfaRealm realm;

    private ReadOnlyTrail(MfaRealm realm) {
        this.realm = realm;
    }

    static ReadOnlyTrail of(MfaRealm realm) {
        return new ReadOnlyTrail(realm);
    }

    /** Until this is done. */
    void during(Runnable work) {
        Database database = realm.server().database();
        database.update("CREATE OR REPLACE FUNCTION no_row() RETURNS trigger LANGUAGE plpgsql AS "
                + "$$ BEGIN RAISE EXCEPTION 'read-only' USING ERRCODE = 'read_only_sql_transaction'; END $$");
        String id = realm.admin().get(realm.name()).path("id").asText();
        database.update("CREATE TRIGGER no_row BEFORE INSERT ON MFA_AUDIT FOR EACH ROW WHEN (NEW.REALM_ID = '" + id
                + "') EXECUTE FUNCTION no_row()");
        try {
            work.run();
        } finally {
            database.update("DROP TRIGGER no_row ON MFA_AUDIT");
        }
    }
}
