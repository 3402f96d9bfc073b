package io.sallyport.journey;

import java.util.List;
import java.util.Map;

/** Policies with grace, and the rows that tests move instead of waiting. */
final class Graces {

    static final long DAY = 86_400_000L;

    private final Database database;

    Graces(Database database) {
        this.database = database;
    }

    static Map<String, Object> days(int days) {
        return everybody(Map.of("days", days));
    }

    static Map<String, Object> skips(int skips) {
        return everybody(Map.of("skips", skips));
    }

    static Map<String, Object> everybody(Map<String, Object> grace) {
        return Rules.document(Map.of("name", "everybody", "required", true, "grace", grace));
    }

    /** The grace of this member began so many days earlier than it did. */
    void startedEarlier(Member member, int days) {
        database.update(
                "UPDATE MFA_GRACE SET STARTED_AT = STARTED_AT - ?, ENDS_AT = ENDS_AT - ? WHERE USER_ID = ?",
                days * DAY,
                days * DAY,
                member.id());
    }

    /** And so did his waivers. */
    void waivedEarlier(Member member, int days) {
        database.update(
                "UPDATE MFA_WAIVER SET CREATED_AT = CREATED_AT - ?, EXPIRES_AT = EXPIRES_AT - ? WHERE USER_ID = ?",
                days * DAY,
                days * DAY,
                member.id());
    }

    /** Sign-ins that went on without enrolling. */
    int used(Member member) {
        return database.rows("SELECT SKIPS_USED FROM MFA_GRACE WHERE USER_ID = ?", member.id()).stream()
                .mapToInt(row -> Integer.parseInt(row.get("SKIPS_USED")))
                .sum();
    }

    /** How long the waivers of this member are, in seconds. */
    List<Long> waivedFor(Member member) {
        return database
                .rows("SELECT EXPIRES_AT - CREATED_AT AS LENGTH FROM MFA_WAIVER WHERE USER_ID = ?", member.id())
                .stream()
                .map(row -> Long.parseLong(row.get("LENGTH")) / 1000)
                .toList();
    }

    int rowsOf(Member member) {
        return database.rows("SELECT RULE_ID FROM MFA_GRACE WHERE USER_ID = ?", member.id())
                        .size()
                + database.rows("SELECT ID FROM MFA_WAIVER WHERE USER_ID = ?", member.id())
                        .size();
    }
}
