package io.sallyport.audit.store;

import static io.sallyport.audit.store.AuditRecord.MAX_ID;
import static io.sallyport.audit.store.AuditRecord.MAX_NAME;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.keycloak.jose.jws.crypto.HashUtils;

/**
 * That one event is still to be told to one sink; what it says stands in its audit row, so that whoever is erased there is
 * told of nowhere.
 *
 * <p>The ids of one user's rows are in the order of what happened, unless it happened at once.
 */
@Entity(name = "MfaOutbox")
@Table(name = "MFA_OUTBOX")
public class OutboxRow {

    /** It waits. */
    public static final String WAITING = "W";
    /** It was given up. */
    public static final String DEAD = "D";

    private static final int LONGEST_ADDRESSEE = 2048;

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Column(name = "ID")
    private @Nullable Long id;

    @Column(name = "SINK", length = MAX_ID, nullable = false)
    private String sink = "";

    @Column(name = "REALM_ID", length = MAX_ID, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = MAX_NAME)
    private @Nullable String userId;

    @Column(name = "EVENT_ID", length = MAX_ID, nullable = false)
    private String eventId = "";

    /** The size of a checkpoint, which is told in the place of an event. */
    @Column(name = "CHECKPOINT")
    private @Nullable Long checkpoint;

    @Column(name = "ADDRESSEE", length = LONGEST_ADDRESSEE, nullable = false)
    private String addressee = "";

    /** In the place of the addressee in an index, where a long name would be too long, and one of other case the same. */
    @Column(name = "ADDRESSEE_HASH", length = 43, nullable = false)
    private String addresseeHash = "";

    @Column(name = "STATE", length = 1, nullable = false)
    private String state = WAITING;

    @Column(name = "NEXT_AT", nullable = false)
    private long nextAt;

    @Column(name = "FENCE", nullable = false)
    private long fence;

    @Column(name = "ATTEMPTS", nullable = false)
    private int attempts;

    @Column(name = "REASON", length = MAX_NAME)
    private @Nullable String reason;

    protected OutboxRow() {}

    /** @param addressee of this sink, see {@link io.sallyport.event.sink.MfaEventSink#addressees} */
    public OutboxRow(AuditRecord event, String sink, String addressee) {
        checkAddressee(addressee);
        this.sink = sink;
        this.realmId = event.realmId();
        this.userId = event.userId().orElse(null);
        this.eventId = event.eventId();
        this.addressee = addressee;
        this.addresseeHash = hash(addressee);
    }

    /** Nothing for nobody, as rows of older versions have it. */
    private static String hash(String addressee) {
        return addressee.isEmpty() ? "" : HashUtils.sha256UrlEncodedHash(addressee, StandardCharsets.UTF_8);
    }

    /**
     * Whether there is a place for it.
     *
     * @throws IllegalArgumentException if there is no place for it; it may hold a secret, and is not named
     */
    public static void checkAddressee(String addressee) {
        int length = addressee.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_ADDRESSEE) {
            throw new IllegalArgumentException(
                    "an addressee of " + length + " bytes, want at most " + LONGEST_ADDRESSEE);
        }
    }

    /**
     * That a checkpoint is still to be told.
     *
     * @param id what it is told by, the same to each sink
     * @param addressee of this sink, see {@link io.sallyport.event.sink.MfaEventSink#addressees}
     */
    public static OutboxRow ofCheckpoint(String realmId, long leaves, String id, String sink, String addressee) {
        checkAddressee(addressee);
        OutboxRow row = new OutboxRow();
        row.sink = sink;
        row.realmId = realmId;
        row.userId = realmId; // in the order in which they were signed, as if they were one user's
        row.eventId = id;
        row.addressee = addressee;
        row.addresseeHash = hash(addressee);
        row.checkpoint = leaves;
        return row;
    }
}
