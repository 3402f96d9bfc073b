package io.sallyport.event;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.keycloak.provider.Provider;

/**
 * Reads a realm's audit trail for its administration, without whoever shows it knowing who keeps it, and erases people
 * from it.
 */
public interface AuditReader extends Provider {

    /**
     * Rows of the realm, newest first.
     *
     * @throws TooWide if that takes the database too long
     */
    AuditPage read(String realmId, AuditQuery query);

    /**
     * The whole trail of the realm with what is needed to verify it, one JSON object after the other, flat in memory; the
     * form is that of {@code docs/audit.md}. Requires a {@link io.sallyport.provider.Snapshot}: what is removed while it goes on
     * would be missing from it.
     */
    void export(String realmId, Consumer<Map<String, Object>> line);

    /** The same of some time: the last checkpoint, and rows with what shows that they are in it, the oldest first. */
    void export(String realmId, Instant from, Instant end, Consumer<Map<String, Object>> line);

    /** How much waits to be sealed, and since when. */
    SealingLag sealingLag(String realmId);

    /** What the realm signed last about its trail, a JWS; empty while nothing is sealed. */
    Optional<String> checkpoint(String realmId);

    /**
     * What shows that a row is in the trail that the realm signed last; empty if there is no such row, if it is not signed for
     * yet, or if rows beside it are missing.
     */
    Optional<RowProof> proof(String realmId, String eventId);

    /** The manifest of an export, signed as checkpoints are: a JWS with the type {@code mfa-manifest+jws}. */
    String manifest(String realmId, String payload);

    /** The manifest of an evidence packet: a JWS with the type {@code mfa-evidence+jws}. */
    String evidence(String realmId, String payload);

    /**
     * Removes what says that it was about this person, or who the person was that acted; what happened, when and by which
     * rule stays, and the trail still verifies.
     *
     * @return how many rows said so; empty if some of them are yet to be sealed, and nothing was done
     */
    OptionalInt erase(String realmId, String userId);

    @Override
    default void close() {}
}
