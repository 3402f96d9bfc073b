package io.sallyport.factor;

import io.sallyport.policy.Method;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of a challenge that asks for the approval of an action; null in all others. */
@Embeddable
public class ApprovalColumns {

    @Column(name = "CLIENT_ID", length = 255)
    private @Nullable String clientId;

    @Column(name = "ACTION_TYPE", length = 64)
    private @Nullable String actionType;

    @Column(name = "ACTION_VERSION")
    private @Nullable Long actionVersion;

    /** In their one spelling (RFC 8785). */
    @Column(name = "DETAILS", length = Approval.MAX_DETAILS)
    private @Nullable String details;

    @Column(name = "ACTION_HASH", length = 64)
    private @Nullable String hash;

    /** Ids of the organizations that count, with blanks between. */
    @Column(name = "TENANTS", length = Approval.MAX_TENANTS)
    private @Nullable String tenants;

    /** For how many seconds it can be spent once it is given. */
    @Column(name = "APPROVAL_TTL")
    private @Nullable Long ttl;

    @Column(name = "APPROVED_UNTIL")
    private @Nullable Long approvedUntil;

    @Enumerated(EnumType.STRING)
    @Column(name = "APPROVED_BY", length = 32)
    private @Nullable Method approvedBy;

    /** When the one token was issued that carries it. */
    @Column(name = "TOKEN_AT")
    private @Nullable Long tokenAt;

    @Column(name = "SPENT_AT")
    private @Nullable Long spentAt;

    protected ApprovalColumns() {}

    ApprovalColumns(Transaction transaction, String hash, Duration ttl) {
        this.clientId = transaction.client();
        this.actionType = transaction.action().type();
        this.actionVersion = transaction.action().version();
        this.details = transaction.canonicalDetails();
        this.hash = hash;
        this.tenants = String.join(" ", transaction.tenants());
        this.ttl = ttl.toSeconds();
    }

    String hash() {
        return text(hash);
    }

    Approval approval(Challenge challenge, ChallengeRow.State status) {
        return new Approval(
                challenge,
                status,
                text(clientId),
                text(actionType),
                Optional.ofNullable(actionVersion).orElse(0L),
                text(details),
                text(tenants).isEmpty() ? List.of() : List.of(text(tenants).split(" ", -1)),
                Optional.ofNullable(approvedUntil).map(Instant::ofEpochMilli),
                Optional.ofNullable(approvedBy));
    }

    private static String text(@Nullable String column) {
        return Optional.ofNullable(column).orElse("");
    }
}
