package io.sallyport.verify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;

/** How many calls of a kind were made for one user since a time, by one session or token or by all, as stored. */
@Entity(name = "MfaCallRate") // entity names are global in the server
@Table(name = "MFA_CALL_SHARE")
@IdClass(CallRateRow.Key.class)
public class CallRateRow {

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** The place of the row that all are counted in. */
    static final String EVERYWHERE = "*";

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId = "";

    @Id
    @Enumerated(EnumType.STRING)
    @Column(name = "KIND", length = 16)
    private CallRate.Kind kind = CallRate.Kind.CHALLENGE;

    @Id
    @Enumerated(EnumType.STRING)
    @Column(name = "BUCKET", length = 16)
    private CallRate.Bucket bucket = CallRate.Bucket.OTHER;

    @Id
    @Column(name = "PLACE", length = 255)
    private String place = "";

    @Column(name = "BEGAN_AT", nullable = false)
    private long beganAt;

    @Column(name = "MADE", nullable = false)
    private int made;

    @Column(name = "REFUSED", nullable = false)
    private boolean refused;

    protected CallRateRow() {}

    CallRateRow(Key key) {
        this.realmId = key.realmId();
        this.userId = key.userId();
        this.kind = key.kind();
        this.bucket = key.bucket();
        this.place = key.place();
    }

    /** Whether another call would be one too many; after the end of the minute the next one begins. */
    boolean isFull(Instant now) {
        if (!now.isBefore(end())) {
            beganAt = now.toEpochMilli();
            made = 0;
            refused = false;
        }
        return made >= (place.equals(EVERYWHERE) ? kind.most() : kind.share());
    }

    void count() {
        made++;
    }

    /** Refuses a call, which is not counted: true for the first one in this minute. */
    boolean refuses() {
        boolean first = !refused;
        refused = true;
        return first;
    }

    /** End of the minute. */
    Instant end() {
        return Instant.ofEpochMilli(beganAt).plus(WINDOW);
    }

    /** The row's identity. */
    public record Key(String realmId, String userId, CallRate.Kind kind, CallRate.Bucket bucket, String place)
            implements Serializable {

        /** That of one session or token. */
        Key at(String one) {
            return new Key(realmId, userId, kind, bucket, one);
        }
    }
}
