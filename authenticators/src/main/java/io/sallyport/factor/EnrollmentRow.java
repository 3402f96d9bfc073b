package io.sallyport.factor;

import io.sallyport.policy.Method;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** One enrollment as stored: its status and its last used step, which only guarded updates move. */
@Entity(name = "MfaEnrollment") // entity names are global in the server
@Table(name = "MFA_ENROLLMENT")
public class EnrollmentRow {

    @Id
    @Column(name = "ENROLLMENT_ID", length = 36)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Enumerated(EnumType.STRING)
    @Column(name = "METHOD", length = 32, nullable = false)
    private Method method = Method.TOTP;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 16, nullable = false)
    private Status status = Status.ENROLLED;

    @Column(name = "EXTERNAL_ID", length = 255)
    private @Nullable String externalId;

    /** What its user wants it to be called, while it waits for its first code. */
    @Column(name = "LABEL", length = 255)
    private @Nullable String label;

    /** Sealed; only while the enrollment waits for its first code, then it is a Keycloak credential. */
    @Column(name = "PENDING_SECRET", length = 2000)
    private @Nullable String pendingSecret;

    @Column(name = "LAST_STEP", nullable = false)
    private long lastStep = -1;

    @Column(name = "ENROLLED_AT", nullable = false)
    private long enrolledAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    @Column(name = "ACTIVATED_AT")
    private @Nullable Long activatedAt;

    @Column(name = "REVOKED_AT")
    private @Nullable Long revokedAt;

    @Column(name = "LAST_USED_AT")
    private @Nullable Long lastUsedAt;

    /** When a counter went back: a copy of the key may be in use. */
    @Column(name = "CLONE_SUSPECTED_AT")
    private @Nullable Long cloneSuspectedAt;

    /** In a row, whatever locks ended in between. */
    @Column(name = "FAILURES", nullable = false)
    private int failures;

    @Column(name = "SUSPENDED_AT")
    private @Nullable Long suspendedAt;

    protected EnrollmentRow() {}

    EnrollmentRow(String id, String realmId, String userId, Method method, Status status, long enrolledAt) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.method = method;
        this.status = status;
        this.enrolledAt = enrolledAt;
    }

    void pending(String sealedSecret, long until) {
        this.pendingSecret = sealedSecret;
        this.expiresAt = until;
    }

    void startAt(long step) {
        this.lastStep = step;
    }

    void revokedAt(long time) {
        this.activatedAt = time; // at the latest
        this.revokedAt = time;
    }

    String id() {
        return id;
    }

    boolean belongsTo(String realm, String user) {
        return realmId.equals(realm) && userId.equals(user);
    }

    Method method() {
        return method;
    }

    Status status() {
        return status;
    }

    @Nullable
    String pendingSecret() {
        return pendingSecret;
    }

    long expiresAt() {
        return expiresAt;
    }
}
