package io.sallyport.journey;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the storm has left in the tables of one realm, beside the trail.
 *
 * @param evidence how many proofs, by user
 * @param lastSteps the newest step of a code that was taken, by user
 * @param spentCodes how many recovery codes are spent, by user
 * @param passes how many were given, by user
 * @param changes how many changes the history has, by rule
 * @param rules ids of those that there are
 * @param locks their ends, by user
 */
record Aftermath(
        Map<String, Long> evidence,
        Map<String, Long> lastSteps,
        Map<String, Long> spentCodes,
        Map<String, Long> passes,
        Map<String, Long> changes,
        Set<String> rules,
        Map<String, Instant> locks,
        List<Approval> approvals,
        List<Factor> factors) {

    /**
     * What was asked for.
     *
     * @param hash by which the trail knows it
     */
    record Approval(String hash, boolean given, boolean spent) {}

    /**
     * What somebody has, had, or has begun.
     *
     * @param begun whether a call began it; others were there before
     * @param stored whether there is a credential
     */
    record Factor(String id, String user, String status, boolean begun, boolean stored) {}

    static Aftermath of(Database database, String realm) {
        return new Aftermath(
                numbers(database, realm, "SELECT USER_ID, COUNT(*) AS N FROM MFA_EVIDENCE WHERE REALM_ID = ?"),
                numbers(database, realm, "SELECT USER_ID, MAX(LAST_STEP) AS N FROM MFA_ENROLLMENT WHERE REALM_ID = ?"),
                numbers(
                        database,
                        realm,
                        "SELECT USER_ID, COUNT(*) AS N FROM MFA_RECOVERY_CODE WHERE USED = TRUE AND REALM_ID = ?"),
                numbers(database, realm, "SELECT USER_ID, COUNT(*) AS N FROM MFA_PASS WHERE REALM_ID = ?"),
                changes(database, realm),
                database.rows("SELECT ID FROM MFA_POLICY_RULE WHERE REALM_ID = ?", realm).stream()
                        .map(row -> row.get("ID"))
                        .collect(toSet()),
                locks(database, realm),
                approvals(database, realm),
                factors(database, realm));
    }

    private static Map<String, Long> numbers(Database database, String realm, String select) {
        return database.rows(select + " GROUP BY USER_ID", realm).stream()
                .collect(toMap(row -> row.get("USER_ID"), row -> Long.parseLong(row.get("N"))));
    }

    private static Map<String, Long> changes(Database database, String realm) {
        return database
                .rows(
                        "SELECT RULE_ID, COUNT(*) AS N FROM MFA_POLICY_HISTORY WHERE REALM_ID = ? GROUP BY RULE_ID",
                        realm)
                .stream()
                .collect(toMap(row -> row.get("RULE_ID"), row -> Long.parseLong(row.get("N"))));
    }

    private static Map<String, Instant> locks(Database database, String realm) {
        return database
                .rows(
                        "SELECT USER_ID, LOCKED_UNTIL FROM MFA_THROTTLE WHERE LOCKED_UNTIL IS NOT NULL AND REALM_ID = ?",
                        realm)
                .stream()
                .collect(toMap(
                        row -> row.get("USER_ID"),
                        row -> Instant.ofEpochMilli(Long.parseLong(row.get("LOCKED_UNTIL")))));
    }

    private static List<Approval> approvals(Database database, String realm) {
        return database
                .rows(
                        "SELECT ACTION_HASH, APPROVED_UNTIL, SPENT_AT FROM MFA_CHALLENGE"
                                + " WHERE PURPOSE = 'APPROVE' AND REALM_ID = ?",
                        realm)
                .stream()
                .map(row -> new Approval(row.get("ACTION_HASH"), has(row, "APPROVED_UNTIL"), has(row, "SPENT_AT")))
                .toList();
    }

    private static List<Factor> factors(Database database, String realm) {
        return database
                .rows(
                        "SELECT E.ENROLLMENT_ID, E.USER_ID, E.STATUS, E.EXTERNAL_ID, C.ID AS STORED FROM MFA_ENROLLMENT E"
                                + " LEFT JOIN CREDENTIAL C ON C.ID = E.ENROLLMENT_ID WHERE E.REALM_ID = ?",
                        realm)
                .stream()
                .map(row -> new Factor(
                        row.get("ENROLLMENT_ID"),
                        row.get("USER_ID"),
                        row.get("STATUS"),
                        has(row, "EXTERNAL_ID"),
                        has(row, "STORED")))
                .toList();
    }

    private static boolean has(Map<String, String> row, String column) {
        return !Optional.ofNullable(row.get(column)).orElse("null").equals("null");
    }
}
