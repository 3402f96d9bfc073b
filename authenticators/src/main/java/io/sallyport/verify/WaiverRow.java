package io.sallyport.verify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One waiver as stored, beside the evidence. */
@Entity(name = "MfaWaiver") // entity names are global in the server
@Table(name = "MFA_WAIVER")
public class WaiverRow {

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Column(name = "NONCE", length = 64, nullable = false)
    private String nonce = "";

    @Enumerated(EnumType.STRING)
    @Column(name = "KIND", length = 32, nullable = false)
    private Waiver.Kind kind = Waiver.Kind.GRACE;

    @Column(name = "RULES", length = 64, nullable = false)
    private String rules = "";

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected WaiverRow() {}

    WaiverRow(
            String id,
            String realmId,
            String userId,
            SessionBinding binding,
            DecidingRules rules,
            Waiver waiver,
            Instant now) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.nonce = binding.nonce();
        this.rules = rules.digest();
        this.kind = waiver.kind();
        this.createdAt = now.toEpochMilli();
        this.expiresAt = waiver.until().toEpochMilli();
    }

    boolean isFor(DecidingRules deciding) {
        return rules.equals(deciding.digest());
    }

    Waiver waiver() {
        return new Waiver(kind, Instant.ofEpochMilli(expiresAt));
    }
}
