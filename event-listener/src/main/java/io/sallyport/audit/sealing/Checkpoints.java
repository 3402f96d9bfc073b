package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Checkpoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the realm signed about its trail, as far as it is kept and its signature is good. */
final class Checkpoints {

    private static final int PAGE = 100;

    private final Connection connection;
    private final Signing signing;

    Checkpoints(Connection connection, Signing signing) {
        this.connection = connection;
        this.signing = signing;
    }

    /**
     * The first one about more rows than that. One by a key that nobody knows any more vouches for nothing: the next one is
     * about the same rows too.
     *
     * @throws RefusedCut if one before it was forged: that is evidence, which is not removed by rule
     */
    Optional<Checkpoint> after(String realmId, long size) throws SQLException {
        long at = size;
        List<KeptCheckpoint> page;
        do {
            page = page(realmId, at);
            for (KeptCheckpoint kept : page) {
                at = kept.leaves();
                Optional<Checkpoint> genuine = genuine(realmId, kept);
                if (genuine.isPresent()) {
                    return genuine;
                }
            }
        } while (page.size() == PAGE);
        Optional<SignedCheckpoint> last = new Trees(connection).of(realmId).signed();
        return last.filter(signed -> signed.leaves() > size)
                .flatMap(signed -> genuine(realmId, new KeptCheckpoint(signed.leaves(), signed.jws())));
    }

    private Optional<Checkpoint> genuine(String realmId, KeptCheckpoint kept) {
        Optional<Checkpoint> says = kept.says(realmId, signing::payload);
        Signing.Finding found =
                says.map(checkpoint -> signing.check(kept.jws(), checkpoint)).orElse(Signing.Finding.FORGED);
        if (found == Signing.Finding.FORGED) {
            throw new RefusedCut(RefusedCut.FORGED_CHECKPOINT, kept.leaves());
        }
        return says.filter(checkpoint -> found == Signing.Finding.GENUINE);
    }

    private List<KeptCheckpoint> page(String realmId, long after) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT LEAVES, JWS FROM MFA_AUDIT_CHECKPOINT"
                + " WHERE REALM_ID = ? AND LEAVES > ? ORDER BY LEAVES FETCH FIRST " + PAGE + " ROWS ONLY")) {
            select.setString(1, realmId);
            select.setLong(2, after);
            List<KeptCheckpoint> kept = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    kept.add(new KeptCheckpoint(found.getLong(1), found.getString(2)));
                }
            }
            return kept;
        }
    }
}
