package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.AdminApi;
import io.sallyport.journey.Database;
import java.util.List;
import java.util.Map;

/** A realm of very many people in 20 divisions of 20 teams each, put into the database as they would stand there. */
record Town(LoadServer server, String realmId) {

    static final String REALM = "town";

    private static final String END = "2998-01-01T00:00:00Z";

    /** With so many people, of whom so many in a thousand have no factor. */
    static Town of(LoadServer server, int people, int missing) {
        AdminApi admin = server.keycloak().admin();
        admin.post("", Map.of("realm", REALM, "enabled", true));
        admin.post(REALM + "/roles", Map.of("name", "trader"));
        JsonNode realm = admin.get(REALM);
        Town town = new Town(server, realm.path("id").asText());
        town.structure();
        town.policy(admin);
        town.people(people, missing);
        town.update("VACUUM ANALYZE"); // as it is left alone for a while
        return town;
    }

    Database database() {
        return server.keycloak().database();
    }

    private void structure() {
        update("INSERT INTO keycloak_group (id, name, parent_group, realm_id, type)"
                + " SELECT 'division-' || d, 'division ' || d, ' ', '" + realmId
                + "', 0 FROM generate_series(0, 19) d");
        update("INSERT INTO keycloak_group (id, name, parent_group, realm_id, type)"
                + " SELECT 'team-' || t, 'team ' || t, 'division-' || (t % 20), '" + realmId
                + "', 0 FROM generate_series(0, 399) t");
    }

    private void policy(AdminApi admin) {
        admin.post(
                REALM + "/mfa/setup",
                Map.of(
                        "reason",
                        "a measurement",
                        "settings",
                        Map.of("mfa.methods", "TOTP"),
                        "policy",
                        Map.of(
                                "rules",
                                List.of(
                                        Map.of("id", "everybody", "required", true, "grace", Map.of("days", 14)),
                                        Map.of(
                                                "id",
                                                "traders",
                                                "required",
                                                true,
                                                "methods",
                                                List.of("TOTP"),
                                                "when",
                                                Map.of("roles", List.of("trader"))),
                                        Map.of(
                                                "id",
                                                "guests",
                                                "required",
                                                false,
                                                "scope",
                                                Map.of("group", "/division 3/team 43"),
                                                "reason",
                                                "guests",
                                                "valid_until",
                                                END),
                                        Map.of(
                                                "id",
                                                "lawyers",
                                                "required",
                                                true,
                                                "strength",
                                                "NO_SMS",
                                                "scope",
                                                Map.of("group", "/division 5"))))));
    }

    private void people(int people, int missing) {
        String all = " FROM generate_series(1, " + people + ") i";
        update("INSERT INTO user_entity (id, email, email_constraint, email_verified, enabled, first_name, last_name,"
                + " realm_id, username, created_timestamp, not_before) SELECT md5('u' || i)::uuid::text, 'u' || i ||"
                + " '@example.org', 'u' || i || '@example.org', true, i % 50 <> 0, 'Test', 'Person', '" + realmId
                + "', 'u' || md5(i::text), 1, 0" + all);
        credentials("password", all);
        String has = all + " WHERE i % 1000 >= " + missing;
        credentials("otp", has + " AND i % 10 <> 1");
        credentials("webauthn", has + " AND i % 10 = 0");
        credentials("mfa-sms", has + " AND i % 10 = 1");
        update("INSERT INTO mfa_enrollment (enrollment_id, realm_id, user_id, method, status, last_step, enrolled_at,"
                + " expires_at, activated_at, failures) SELECT id, '" + realmId
                + "', user_id, CASE type WHEN 'otp' THEN"
                + " 'TOTP' WHEN 'webauthn' THEN 'WEBAUTHN' ELSE 'SMS_OTP' END, 'ACTIVE', -1, 1, 0, 1, 0 FROM credential"
                + " WHERE type <> 'password' AND user_id IN (SELECT id FROM user_entity WHERE realm_id = '" + realmId
                + "')");
        update(
                "INSERT INTO user_group_membership (group_id, user_id, membership_type) SELECT 'team-' || (i * 7919::bigint % 400),"
                        + " md5('u' || i)::uuid::text, 'UNMANAGED'" + all);
        update(
                "INSERT INTO user_group_membership (group_id, user_id, membership_type) SELECT 'team-' || (i * 31 % 400),"
                        + " md5('u' || i)::uuid::text, 'UNMANAGED'" + all + " WHERE i % 5 = 0 ON CONFLICT DO NOTHING");
        update("INSERT INTO user_role_mapping (role_id, user_id) SELECT (SELECT default_role FROM realm WHERE id = '"
                + realmId + "'), md5('u' || i)::uuid::text" + all);
        update(
                "INSERT INTO user_role_mapping (role_id, user_id) SELECT (SELECT id FROM keycloak_role WHERE realm_id = '"
                        + realmId + "' AND name = 'trader'), md5('u' || i)::uuid::text" + all + " WHERE i % 33 = 0");
        update("INSERT INTO mfa_throttle (realm_id, user_id, failures, locked_until, epoch) SELECT '" + realmId
                + "', md5('u' || i)::uuid::text, 1, CASE WHEN i % 1000 = 3 THEN 32000000000000 END, 0" + all
                + " WHERE i % 10 = 3");
        update(
                "INSERT INTO mfa_grace (realm_id, user_id, rule_id, rule_version, started_at, ends_at, skips_used) SELECT '"
                        + realmId
                        + "', md5('u' || i)::uuid::text, 'everybody', 1, begun, begun + 14 * 86400000::bigint, 0 FROM"
                        + " (SELECT i, (extract(epoch FROM now()) * 1000)::bigint - i % 28 * 86400000::bigint AS begun"
                        + all
                        + " WHERE i % 1000 < " + missing + " AND i % 2 = 0) g");
    }

    private void credentials(String type, String from) {
        update(
                "INSERT INTO credential (id, type, user_id, created_date, secret_data, credential_data, priority, version)"
                        + " SELECT md5('" + type + "' || i)::uuid::text, '" + type + "', md5('u' || i)::uuid::text, 1,"
                        + " repeat('s', 150), repeat('c', 80), 10, 0" + from);
    }

    private void update(String sql) {
        database().update(sql);
    }
}
