package io.sallyport.journey;

import java.time.Duration;
import java.time.Instant;

/** The stored counts of failures, looked at and moved in time. */
final class Locks {

    private final Database database;

    Locks(KeycloakServer server) {
        this.database = server.database();
    }

    int failures(Member member) {
        return database.rows("SELECT FAILURES FROM MFA_THROTTLE WHERE USER_ID = ?", member.id()).stream()
                .mapToInt(row -> Integer.parseInt(row.get("FAILURES")))
                .sum();
    }

    /** As if the lock had been set when it has this long to go. */
    void leave(Member member, Duration toGo) {
        long until = Instant.now().plus(toGo).toEpochMilli();
        int rows = database.update("UPDATE MFA_THROTTLE SET LOCKED_UNTIL = ? WHERE USER_ID = ?", until, member.id());
        if (rows != 1) {
            throw new IllegalStateException(rows + " counts of " + member.username() + ", want 1");
        }
    }
}
