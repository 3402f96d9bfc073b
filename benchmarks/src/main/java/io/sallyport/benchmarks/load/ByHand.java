package io.sallyport.benchmarks.load;

/** The statements that somebody would write by hand who knows the policy of a {@link Town} by heart. */
final class ByHand {

    /** Everybody with what the policy looks at: the methods as bits, and whom the rules name. */
    private static final String PEOPLE =
            "SELECT u.id, u.username, coalesce(c.m, 0) AS m, t.user_id IS NOT NULL AS locked,"
                    + " g.user_id IS NOT NULL AS guest, l.user_id IS NOT NULL AS lawyer, r.user_id IS NOT NULL AS trader,"
                    + " w.user_id IS NOT NULL AS waits FROM user_entity u"
                    + " LEFT JOIN (SELECT user_id, max(CASE WHEN type = 'otp' THEN 1 ELSE 0 END)"
                    + " + max(CASE WHEN type IN ('webauthn', 'webauthn-passwordless') THEN 2 ELSE 0 END)"
                    + " + max(CASE WHEN type = 'mfa-sms' THEN 4 ELSE 0 END) AS m FROM credential x"
                    + " WHERE type IN ('otp', 'webauthn', 'webauthn-passwordless', 'mfa-sms') AND NOT EXISTS"
                    + " (SELECT 1 FROM mfa_enrollment e WHERE e.enrollment_id = x.id AND e.status <> 'ACTIVE')"
                    + " GROUP BY user_id) c ON c.user_id = u.id"
                    + " LEFT JOIN mfa_throttle t ON t.realm_id = u.realm_id AND t.user_id = u.id AND t.locked_until > NOW_MS"
                    + " LEFT JOIN (SELECT DISTINCT user_id FROM user_group_membership WHERE group_id = 'team-43') g"
                    + " ON g.user_id = u.id"
                    + " LEFT JOIN (SELECT DISTINCT user_id FROM user_group_membership WHERE group_id IN (SELECT id FROM"
                    + " keycloak_group WHERE id = 'division-5' OR parent_group = 'division-5')) l ON l.user_id = u.id"
                    + " LEFT JOIN user_role_mapping r ON r.user_id = u.id AND r.role_id ="
                    + " (SELECT id FROM keycloak_role WHERE realm_id = 'REALM' AND name = 'trader')"
                    + " LEFT JOIN mfa_grace w ON w.realm_id = u.realm_id AND w.user_id = u.id AND w.rule_id = 'everybody'"
                    + " AND w.ends_at > NOW_MS AND NOT EXISTS (SELECT 1 FROM mfa_enrollment e WHERE e.realm_id = u.realm_id"
                    + " AND e.user_id = u.id AND (e.status = 'ACTIVE' OR e.activated_at IS NOT NULL))"
                    + " WHERE u.realm_id = 'REALM' AND u.enabled AND u.service_account_client_link IS NULL";

    private static final String REQUIRED = "(lawyer OR NOT guest)";
    /** Of the methods only codes of an app are in force. */
    private static final String SATISFIED = "(m & 1 <> 0)";

    private static final String NUMBERS = "count(*) AS users, count(*) FILTER (WHERE m <> 0) AS enrolled,"
            + " count(*) FILTER (WHERE " + REQUIRED + ") AS required,"
            + " count(*) FILTER (WHERE " + REQUIRED + " AND " + SATISFIED + ") AS required_enrolled,"
            + " count(*) FILTER (WHERE NOT " + REQUIRED + ") AS exempt, count(*) FILTER (WHERE locked) AS locked,"
            + " count(*) FILTER (WHERE waits AND m = 0 AND NOT lawyer AND NOT guest AND NOT trader) AS in_grace,"
            + " count(*) FILTER (WHERE m = 4) AS sms_only, count(*) FILTER (WHERE m & 2 <> 0) AS phishing_resistant";

    private final String realmId;

    ByHand(Town town) {
        this.realmId = town.realmId();
    }

    String totals() {
        return filled("SELECT " + NUMBERS + " FROM (" + PEOPLE + ") p");
    }

    /** Members of teams belong to their divisions, once. */
    String groups() {
        return filled("SELECT gid, " + NUMBERS + " FROM (" + PEOPLE + ") p JOIN (SELECT DISTINCT m.user_id, x.gid FROM"
                + " user_group_membership m JOIN (SELECT id, id AS gid FROM keycloak_group WHERE realm_id = 'REALM'"
                + " UNION ALL SELECT id, parent_group FROM keycloak_group WHERE realm_id = 'REALM' AND parent_group <> ' ')"
                + " x ON x.id = m.group_id) y ON y.user_id = p.id GROUP BY gid ORDER BY gid");
    }

    /** The table as it is. */
    String copy(String file) {
        return filled("COPY (SELECT id, username FROM user_entity WHERE realm_id = 'REALM' AND enabled) TO '" + file
                + "' CSV");
    }

    /** What the export says. */
    String copyOfAll(String file) {
        return filled("COPY (SELECT id, username, m <> 0, m, " + REQUIRED + ", " + SATISFIED + ", guest, locked, waits"
                + " FROM (" + PEOPLE + ") p) TO '" + file + "' CSV");
    }

    private String filled(String sql) {
        return sql.replace("REALM", realmId).replace("NOW_MS", "(extract(epoch FROM now()) * 1000)::bigint");
    }
}
