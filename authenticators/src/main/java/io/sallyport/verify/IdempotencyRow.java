package io.sallyport.verify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** One call that may be repeated, as stored: nothing that its request said, and of its answer only an id. */
@Entity(name = "MfaIdempotency") // entity names are global in the server
@Table(name = "MFA_IDEMPOTENCY")
public class IdempotencyRow {

    @Id
    @Column(name = "CALL_HASH", length = 64)
    private String callHash = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Column(name = "REQUEST_HMAC", length = 128, nullable = false)
    private String requestHmac = "";

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 16, nullable = false)
    private State status = State.STARTED;

    @Column(name = "HOLDER", length = 36, nullable = false)
    private String holder = "";

    @Column(name = "OUTCOME", length = 255)
    private @Nullable String outcome;

    @Column(name = "STARTED_AT", nullable = false)
    private long startedAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected IdempotencyRow() {}

    IdempotencyRow(String callHash, String realmId, String userId) {
        this.callHash = callHash;
        this.realmId = realmId;
        this.userId = userId;
    }

    /** The call begins, and belongs to this holder. */
    void begins(String byHolder, String hmac, long now, long end) {
        this.status = State.STARTED;
        this.holder = byHolder;
        this.requestHmac = hmac;
        this.startedAt = now;
        this.expiresAt = end;
    }

    String requestHmac() {
        return requestHmac;
    }

    State status() {
        return status;
    }

    String holder() {
        return holder;
    }

    String outcome() {
        return outcome == null ? "" : outcome;
    }

    long startedAt() {
        return startedAt;
    }

    long expiresAt() {
        return expiresAt;
    }

    /** What became of the call. */
    enum State {
        STARTED,
        DONE,
        REFUSED
    }
}
