package io.sallyport.factor.recovery;

import io.sallyport.crypto.SaltedHash;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** One recovery code as stored: salt and hash, and whether it was used. */
@Entity(name = "MfaRecoveryCode") // entity names are global in the server
@Table(name = "MFA_RECOVERY_CODE")
public class RecoveryCodeRow {

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Column(name = "SALT", length = 64, nullable = false)
    private String salt = "";

    @Column(name = "CODE_HASH", length = 64, nullable = false)
    private String codeHash = "";

    @Column(name = "USED", nullable = false)
    private boolean used;

    @Column(name = "USED_AT")
    private @Nullable Long usedAt;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    /** The enrollment that they wait for; null once they count. */
    @Column(name = "ENROLLMENT_ID", length = 36)
    private @Nullable String enrollmentId;

    protected RecoveryCodeRow() {}

    RecoveryCodeRow(String id, String realmId, String userId, SaltedHash code, long createdAt) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.salt = code.salt();
        this.codeHash = code.hash();
        this.createdAt = createdAt;
    }

    /** It counts for nothing until this enrollment is active. */
    void waitFor(String enrollment) {
        this.enrollmentId = enrollment;
    }

    String id() {
        return id;
    }

    boolean is(RecoveryCode code) {
        return code.isStoredAs(new SaltedHash(salt, codeHash));
    }
}
