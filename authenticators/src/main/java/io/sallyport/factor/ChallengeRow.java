package io.sallyport.factor;

import io.sallyport.policy.Method;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** The one method; null if there are several. */
    @Enumerated(EnumType.STRING)
    @Column(name = "METHOD", length = 32)
    private @Nullable Method method;

    /** Their names, with blanks between. */
    @Column(name = "METHODS", length = 255)
    private @Nullable String methods;

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

    @Embedded
    private @Nullable ApprovalColumns approval;

    protected ChallengeRow() {}

    ChallengeRow(Challenge challenge, Challenges.Owner owner, long createdAt) {
        this.id = challenge.id();
        this.realmId = owner.realmId();
        this.userId = owner.userId();
        this.sessionId = owner.sessionId();
        this.method =
                challenge.methods().size() == 1 ? challenge.methods().iterator().next() : null;
        this.methods = challenge.methods().stream().map(Method::name).sorted().collect(Collectors.joining(" "));
        this.purpose = challenge.purpose();
        this.enrollmentId = challenge.enrollmentId().orElse(null);
        this.kept = challenge.kept();
        this.createdAt = createdAt;
        this.expiresAt = challenge.expiresAt().toEpochMilli();
    }

    /** It asks for the approval of this. */
    void asks(Transaction transaction, Duration ttl) {
        approval = new ApprovalColumns(transaction, transaction.hash(id), ttl);
    }

    Challenge challenge() {
        return new Challenge(
                id,
                methods(),
                purpose,
                Optional.ofNullable(enrollmentId),
                kept,
                Optional.ofNullable(approval).map(ApprovalColumns::hash),
                Instant.ofEpochMilli(expiresAt));
    }

    /** As it is, for somebody who approves or has approved it; empty if it asks for no approval. */
    Optional<Approval> approval() {
        return Optional.ofNullable(approval).map(columns -> columns.approval(challenge(), status));
    }

    State status() {
        return status;
    }

    /** A node of the version before wrote the one method only. */
    private Set<Method> methods() {
        if (methods == null) {
            return Set.of(Objects.requireNonNull(method));
        }
        return Arrays.stream(methods.split(" ", -1))
                .map(Method::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Method.class)));
    }

    /** The life of a challenge; never back to pending. */
    enum State {
        PENDING,
        USED,
        /** Passed, and the approval is not spent yet. */
        APPROVED,
        SPENT,
        /** Another one took its place, or the user was locked. */
        VOID
    }
}
