package io.sallyport.verify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A lock that nobody was told of yet, as stored; read and removed by statements only. */
@Entity(name = "MfaUntoldLock") // entity names are global in the server
@Table(name = "MFA_UNTOLD_LOCK")
@IdClass(UntoldLockRow.Key.class)
public class UntoldLockRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId = "";

    @Id
    @Column(name = "LOCKED_UNTIL")
    private long lockedUntil;

    @Column(name = "ATTEMPTS", nullable = false)
    private int attempts;

    @Column(name = "SINCE", nullable = false)
    private long since;

    protected UntoldLockRow() {}

    UntoldLockRow(UntoldLock lock, long since) {
        this.realmId = lock.realmId();
        this.userId = lock.userId();
        this.lockedUntil = lock.until().toEpochMilli();
        this.attempts = lock.attempts();
        this.since = since;
    }

    /** The row's identity: the next lock of a user ends at another time. */
    public record Key(String realmId, String userId, long lockedUntil) implements Serializable {}
}
