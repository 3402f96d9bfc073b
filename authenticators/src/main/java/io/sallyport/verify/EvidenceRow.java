package io.sallyport.verify;

import io.sallyport.policy.Method;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One piece of evidence as stored. */
@Entity(name = "MfaEvidence") // entity names are global in the server
@Table(name = "MFA_EVIDENCE")
public class EvidenceRow {

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Column(name = "ROOT_SESSION_ID", length = 255, nullable = false)
    private String rootSessionId = "";

    @Column(name = "NONCE", length = 64, nullable = false)
    private String nonce = "";

    @Column(name = "ENROLLMENT_ID", length = 36, nullable = false)
    private String enrollmentId = "";

    @Enumerated(EnumType.STRING)
    @Column(name = "METHOD", length = 32, nullable = false)
    private Method method = Method.TOTP;

    @Column(name = "AMR", length = 255, nullable = false)
    private String amr = "";

    @Column(name = "CLIENT_ID", length = 255)
    private @Nullable String clientId;

    @Column(name = "VERIFIED_AT", nullable = false)
    private long verifiedAt;

    protected EvidenceRow() {}

    EvidenceRow(String id, String realmId, String userId, SessionBinding binding, Evidence evidence) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.rootSessionId = binding.rootSessionId();
        this.nonce = binding.nonce();
        this.enrollmentId = evidence.enrollmentId();
        this.method = evidence.method();
        this.amr = String.join(" ", evidence.amr());
        this.verifiedAt = evidence.verifiedAt().toEpochMilli();
    }

    void from(@Nullable String client) {
        this.clientId = client;
    }

    Evidence evidence() {
        return new Evidence(enrollmentId, method, Instant.ofEpochMilli(verifiedAt), List.of(amr.split(" ")));
    }
}
