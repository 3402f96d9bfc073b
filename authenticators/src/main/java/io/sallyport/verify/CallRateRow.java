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
import java.util.Optional;

/** How many calls of a kind were made for one user since a time, as stored. */
@Entity(name = "MfaCallRate") // entity names are global in the server
@Table(name = "MFA_CALL_RATE")
@IdClass(CallRateRow.Key.class)
public class CallRateRow {

    private static final Duration WINDOW = Duration.ofMinutes(1);

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

    @Column(name = "BEGAN_AT", nullable = false)
    private long beganAt;

    @Column(name = "MADE", nullable = false)
    private int made;

    protected CallRateRow() {}

    CallRateRow(Key key) {
        this.realmId = key.realmId();
        this.userId = key.userId();
        this.kind = key.kind();
    }

    /** Counts a call; when the next may be made, if this is one too many, which is not counted. */
    Optional<Instant> call(Instant now) {
        Instant end = Instant.ofEpochMilli(beganAt).plus(WINDOW);
        if (!now.isBefore(end)) {
            beganAt = now.toEpochMilli();
            made = 0;
        }
        if (made >= kind.most()) {
            return Optional.of(end);
        }
        made++;
        return Optional.empty();
    }

    /** The row's identity. */
    public record Key(String realmId, String userId, CallRate.Kind kind) implements Serializable {}
}
