package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A member's count that another transaction holds, as a success or an administrator would.
 *
 * @param database of PostgreSQL
 */
record HeldCount(Database database, Member member) {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What another transaction does; what it does not commit did not happen. */
    interface Work {
        void with(Connection connection) throws SQLException;
    }

    /** The call has seen what it sees, and waits for the count; then this happens, and it goes on. */
    <T> T meanwhile(Supplier<T> call, Work work) throws SQLException {
        try (Connection connection = database.open();
                PreparedStatement hold =
                        connection.prepareStatement("SELECT 1 FROM MFA_THROTTLE WHERE USER_ID = ? FOR UPDATE")) {
            connection.setAutoCommit(false);
            hold.setString(1, member.id());
            hold.executeQuery().close();
            CompletableFuture<T> answer = CompletableFuture.supplyAsync(call);
            awaitWaiting();

            work.with(connection);

            connection.rollback();
            return answer.join();
        }
    }

    /** In the transaction that holds the count, which ends with it. */
    void change(Connection connection, String sql) throws SQLException {
        try (PreparedStatement change = connection.prepareStatement(sql)) {
            change.setString(1, member.id());
            change.executeUpdate();
        }
        connection.commit();
    }

    private void awaitWaiting() {
        Instant end = Instant.now().plus(PATIENCE);
        while (database.rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND lower(query) LIKE '%mfa_throttle%'")
                .isEmpty()) {
            assertThat(Instant.now()).as("it waits").isBefore(end);
        }
    }
}
