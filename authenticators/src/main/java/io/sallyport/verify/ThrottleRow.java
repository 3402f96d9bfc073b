package io.sallyport.verify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The count of one user's attempts, as stored. */
@Entity(name = "MfaThrottle") // entity names are global in the server
@Table(name = "MFA_THROTTLE")
@IdClass(ThrottleRow.Key.class)
public class ThrottleRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId = "";

    @Column(name = "FAILURES", nullable = false)
    private int failures;

    @Column(name = "LOCKED_UNTIL")
    private @Nullable Long lockedUntil;

    @Column(name = "EPOCH", nullable = false)
    private long epoch;

    protected ThrottleRow() {}

    ThrottleRow(String realmId, String userId) {
        this.realmId = realmId;
        this.userId = userId;
    }

    ThrottleState state() {
        return new ThrottleState(failures, Optional.ofNullable(lockedUntil).map(Instant::ofEpochMilli), epoch);
    }

    /** The row's identity. */
    public record Key(String realmId, String userId) implements Serializable {}
}
