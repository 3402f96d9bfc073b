package io.sallyport.verify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One browser that its user trusts, as stored: the hash of what its cookie holds, and what ends the trust. */
@Entity(name = "MfaDevice") // entity names are global in the server
@Table(name = "MFA_DEVICE")
public class DeviceRow {

    @Id
    @Column(name = "DEVICE_ID", length = 36)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Column(name = "TOKEN_HASH", length = 64, nullable = false)
    private String tokenHash = "";

    @Column(name = "LABEL", length = 255, nullable = false)
    private String label = "";

    @Column(name = "RULES", length = 64, nullable = false)
    private String rules = "";

    @Column(name = "CREDENTIALS", length = 64, nullable = false)
    private String credentials = "";

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    @Column(name = "LAST_USED_AT")
    private @Nullable Long lastUsedAt;

    protected DeviceRow() {}

    DeviceRow(String id, String realmId, String userId, String tokenHash, String label, TrustBasis basis) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.tokenHash = tokenHash;
        this.label = label;
        this.rules = basis.rules();
        this.credentials = basis.credentials();
    }

    String realmId() {
        return realmId;
    }

    String userId() {
        return userId;
    }

    void lasts(Instant from, Instant until) {
        createdAt = from.toEpochMilli();
        expiresAt = until.toEpochMilli();
    }

    boolean standsOn(TrustBasis basis) {
        return rules.equals(basis.rules()) && credentials.equals(basis.credentials());
    }

    /** Whether password and factors are what they were; whether the rules are is another question. */
    boolean standsOn(String credentialsNow) {
        return credentials.equals(credentialsNow);
    }

    boolean holds(String hash) {
        return MessageDigest.isEqual(
                tokenHash.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    TrustedDevice device() {
        return new TrustedDevice(
                id,
                label,
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(expiresAt),
                Optional.ofNullable(lastUsedAt).map(Instant::ofEpochMilli));
    }
}
