package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A server starts on a database that an older version, or somebody past Keycloak, has left behind. */
@Journey
final class StartIT {

    private static final String CLIENTS = "(SELECT C.ID FROM CLIENT C JOIN REALM R ON C.REALM_ID = R.ID WHERE"
            + " C.CLIENT_ID = 'realm-management' AND R.NAME = ? OR C.CLIENT_ID = ?)";
    private static final String ROLES =
            "(SELECT ID FROM KEYCLOAK_ROLE WHERE NAME LIKE 'mfa%' AND CLIENT IN " + CLIENTS + ")";

    @Test
    @DisplayName("Roles and mirror are put in place again, and an attribute alone enables nothing")
    void rolesAndMirrorArePutInPlace(KeycloakServer server) {
        MfaRealm older = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL);
        MfaRealm stock = MfaRealm.stock(server);
        Database database = server.database();
        String[] clients = {older.name(), older.name() + "-realm"};
        database.update("DELETE FROM COMPOSITE_ROLE WHERE CHILD_ROLE IN " + ROLES, (Object[]) clients);
        assertThat(database.update("DELETE FROM KEYCLOAK_ROLE WHERE ID IN " + ROLES, (Object[]) clients))
                .isEqualTo(24);
        database.update("DELETE FROM REALM_ATTRIBUTE WHERE NAME LIKE 'mfa.%' AND REALM_ID = " + idOf(), older.name());
        database.update(
                "INSERT INTO REALM_ATTRIBUTE (NAME, REALM_ID, \"VALUE\") VALUES ('mfa.enabled', " + idOf()
                        + ", 'true')",
                stock.name());

        server.kill();
        server.start();

        assertThat(Roles.of(older).names("mfa")).hasSize(12);
        assertThat(Roles.inMaster(older.admin(), older.name()).names("mfa")).hasSize(12);
        assertThat(Roles.of(older).inside("realm-admin", "mfa")).containsExactly("mfa");
        assertThat(SettingsApi.of(older).attribute("mfa.enabled")).contains("true");
        assertThat(SettingsApi.of(older).attribute("mfa.claim.ttl")).contains("60");
        assertThat(SettingsApi.of(stock).attribute("mfa.enabled")).isEmpty();
        assertThat(stock.backend()
                        .password(stock.newcomer().username(), Member.PASSWORD)
                        .granted())
                .isTrue();
        assertThat(server.log()).contains("Realm " + older.name() + " had lost roles mfa.*, put back");
    }

    private static String idOf() {
        return "(SELECT ID FROM REALM WHERE NAME = ?)";
    }
}
