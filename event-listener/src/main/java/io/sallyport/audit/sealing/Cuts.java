package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Where each realm's trail begins now: one row for each realm that ever lost its oldest rows. */
final class Cuts {

    private final Connection connection;

    Cuts(Connection connection) {
        this.connection = connection;
    }

    /**
     * Of the rows that were removed; what is left goes on from it.
     *
     * @throws RefusedCut if the realm did not sign the last cut: who goes on from it signs for what was removed before it
     */
    Frontier frontier(String realmId, Signing signing) throws SQLException {
        Optional<Cut> last = last(realmId);
        if (last.isEmpty()) {
            return Frontier.empty();
        }
        Frontier gone = last.get().frontier();
        // an unknown key is anybody's
        if (signing.check(signed(realmId).orElse(""), last.get()) != Signing.Finding.GENUINE) {
            throw new RefusedCut(RefusedCut.FORGED_CUT, gone.size());
        }
        return gone;
    }

    /** The last one; none if all rows are there. */
    Optional<Cut> last(String realmId) throws SQLException {
        return find(
                realmId,
                row -> new Cut(
                        realmId,
                        Frontier.parse(row.getLong("LEAVES"), row.getString("FRONTIER")),
                        Instant.ofEpochMilli(row.getLong("CUT_AT"))));
    }

    /** What the realm signed about it. */
    Optional<String> signed(String realmId) throws SQLException {
        return find(realmId, row -> row.getString("JWS"));
    }

    /** In place of the one before; checkpoints about nothing but rows that are gone go too. */
    void save(Cut cut, String jws) throws SQLException {
        if (change(
                        "UPDATE MFA_AUDIT_CUT SET LEAVES = ?, FRONTIER = ?, CUT_AT = ?, JWS = ? WHERE REALM_ID = ?",
                        cut,
                        jws)
                == 0) {
            change(
                    "INSERT INTO MFA_AUDIT_CUT (LEAVES, FRONTIER, CUT_AT, JWS, REALM_ID) VALUES (?, ?, ?, ?, ?)",
                    cut,
                    jws);
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM MFA_AUDIT_CHECKPOINT WHERE REALM_ID = ? AND LEAVES <= ?")) {
            delete.setString(1, cut.realmId());
            delete.setLong(2, cut.frontier().size());
            delete.executeUpdate();
        }
    }

    private int change(String sql, Cut cut, String jws) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, cut.frontier().size());
            statement.setString(2, cut.frontier().toString());
            statement.setLong(3, cut.time().toEpochMilli());
            statement.setString(4, jws);
            statement.setString(5, cut.realmId());
            return statement.executeUpdate();
        }
    }

    private <T> Optional<T> find(String realmId, Read<T> read) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT LEAVES, FRONTIER, CUT_AT, JWS FROM MFA_AUDIT_CUT WHERE REALM_ID = ?")) {
            select.setString(1, realmId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read.of(row)) : Optional.empty();
            }
        }
    }

    private interface Read<T> {

        T of(ResultSet row) throws SQLException;
    }
}
