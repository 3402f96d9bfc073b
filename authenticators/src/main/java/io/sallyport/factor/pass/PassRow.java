package io.sallyport.factor.pass;

import io.sallyport.crypto.SaltedHash;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** One pass as stored: salt and hash, who issued it, and when it was used. */
@Entity(name = "MfaPass") // entity names are global in the server
@Table(name = "MFA_PASS")
public class PassRow {

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Column(name = "SALT", length = 64, nullable = false)
    private String salt = "";

    @Column(name = "PASS_HASH", length = 64, nullable = false)
    private String passHash = "";

    @Column(name = "ISSUED_BY", length = 255, nullable = false)
    private String issuedBy = "";

    @Column(name = "ISSUED_AT", nullable = false)
    private long issuedAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    @Column(name = "USED_AT")
    private @Nullable Long usedAt;

    protected PassRow() {}

    PassRow(String id, String realmId, String userId, String issuedBy) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.issuedBy = issuedBy;
    }

    void holds(SaltedHash pass) {
        this.salt = pass.salt();
        this.passHash = pass.hash();
    }

    void lives(long from, long until) {
        this.issuedAt = from;
        this.expiresAt = until;
    }

    String id() {
        return id;
    }

    boolean is(PassCode pass) {
        return pass.isStoredAs(new SaltedHash(salt, passHash));
    }
}
