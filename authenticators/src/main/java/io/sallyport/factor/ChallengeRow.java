package io.sallyport.factor;

import io.sallyport.policy.Method;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One challenge as stored; its status moves by guarded updates only. */
@Entity(name = "MfaChallenge") // entity names are global in the server
@Table(name = "MFA_CHALLENGE")
public class ChallengeRow {

    @Id
    @Column(name = "CHALLENGE_ID", length = 64)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Column(name = "SESSION_ID", length = 255, nullable = false)
    private String sessionId = "";

    @Enumerated(EnumType.STRING)
    @Column(name = "METHOD", length = 32, nullable = false)
    private Method method = Method.TOTP;

    @Enumerated(EnumType.STRING)
    @Column(name = "PURPOSE", length = 32, nullable = false)
    private Purpose purpose = Purpose.SIGN_IN;

    @Column(name = "ENROLLMENT_ID", length = 36)
    private @Nullable String enrollmentId;

    @Column(name = "KEPT", length = 2000, nullable = false)
    private String kept = "";

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 16, nullable = false)
    private State status = State.PENDING;

    /** Answers that were compared with it, or could have been. */
    @Column(name = "ATTEMPTS", nullable = false)
    private int attempts;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    @Column(name = "USED_AT")
    private @Nullable Long usedAt;

    protected ChallengeRow() {}

    ChallengeRow(Challenge challenge, Challenges.Owner owner, long createdAt) {
        this.id = challenge.id();
        this.realmId = owner.realmId();
        this.userId = owner.userId();
        this.sessionId = owner.sessionId();
        this.method = challenge.method();
        this.purpose = challenge.purpose();
        this.enrollmentId = challenge.enrollmentId().orElse(null);
        this.kept = challenge.kept();
        this.createdAt = createdAt;
        this.expiresAt = challenge.expiresAt().toEpochMilli();
    }

    Challenge challenge() {
        return new Challenge(
                id, method, purpose, Optional.ofNullable(enrollmentId), kept, Instant.ofEpochMilli(expiresAt));
    }

    /** The life of a challenge; never back to pending. */
    enum State {
        PENDING,
        USED,
        /** Another one took its place, or the user was locked. */
        VOID
    }
}
