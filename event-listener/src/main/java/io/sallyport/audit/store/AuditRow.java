package io.sallyport.audit.store;

import static io.sallyport.audit.store.AuditRecord.MAX_ID;
import static io.sallyport.audit.store.AuditRecord.MAX_LIST;
import static io.sallyport.audit.store.AuditRecord.MAX_METHOD;
import static io.sallyport.audit.store.AuditRecord.MAX_NAME;
import static io.sallyport.audit.store.AuditRecord.MAX_WORD;

import io.sallyport.audit.reading.DetailsJson;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.Length;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * One row of the audit trail as stored: written once, never changed, kept when its realm goes.
 *
 * <p>Never to be marked {@code AsynchronousCommitAllowed}: Keycloak 26.7 has PostgreSQL acknowledge a commit before it is
 * on disk if all its rows are. And only to be written by {@code persist}: Keycloak does not see rows inserted by a query.
 */
@Entity(name = "MfaAudit")
@Immutable
@Table(name = "MFA_AUDIT")
public class AuditRow {

    @Id
    @Column(name = "EVENT_ID", length = MAX_ID)
    private String eventId = "";

    @Column(name = "EVENT_CODE", nullable = false)
    private int eventCode;

    @Column(name = "EVENT_TYPE", length = MAX_WORD, nullable = false)
    private String eventType = "";

    @Column(name = "REALM_ID", length = MAX_ID, nullable = false)
    private String realmId = "";

    @Column(name = "TENANT", length = MAX_LIST)
    private @Nullable String tenant;

    @Column(name = "ACTOR_ID", length = MAX_NAME)
    private @Nullable String actorId;

    @Column(name = "USER_ID", length = MAX_NAME)
    private @Nullable String userId;

    @Column(name = "CLIENT_ID", length = MAX_NAME)
    private @Nullable String clientId;

    @Column(name = "SESSION_ID", length = MAX_NAME)
    private @Nullable String sessionId;

    @Column(name = "IP", length = MAX_WORD)
    private @Nullable String ip;

    @Column(name = "USER_AGENT", length = MAX_NAME)
    private @Nullable String userAgent;

    @Column(name = "METHOD", length = MAX_METHOD)
    private @Nullable String method;

    @Column(name = "OUTCOME", length = 16, nullable = false)
    private String outcome = "";

    @Column(name = "REASON", length = MAX_NAME)
    private @Nullable String reason;

    @Column(name = "ATTEMPT")
    private @Nullable Integer attempt;

    @Column(name = "RULE_ID", length = MAX_ID)
    private @Nullable String ruleId;

    @Column(name = "POLICY_VERSION")
    private @Nullable Long policyVersion;

    @Column(name = "CORRELATION_ID", length = MAX_WORD, nullable = false)
    private String correlationId = "";

    @Column(name = "DETAILS", length = MAX_LIST, nullable = false)
    private String details = "";

    /** All details, if they don't fit the column for them. */
    @Column(name = "LONG_DETAILS", length = Length.LONG32)
    private @Nullable String longDetails;

    @Column(name = "TIMESTAMP", nullable = false)
    private long time;

    protected AuditRow() {}

    public AuditRow(AuditRecord says) {
        this.eventId = says.eventId();
        this.eventCode = says.type().code();
        this.eventType = says.type().wireName();
        this.realmId = says.realmId();
        this.tenant = says.tenant().orElse(null);
        this.actorId = says.actorId().orElse(null);
        this.userId = says.userId().orElse(null);
        this.clientId = says.clientId().orElse(null);
        this.sessionId = says.sessionId().orElse(null);
        this.ip = says.ip().orElse(null);
        this.userAgent = says.userAgent().orElse(null);
        this.method = says.method().orElse(null);
        this.outcome = says.outcome().name();
        this.reason = says.reason().orElse(null);
        this.attempt = says.attempt().orElse(null);
        this.ruleId = says.ruleId().orElse(null);
        this.policyVersion = says.policyVersion().orElse(null);
        this.correlationId = says.correlationId();
        String json = DetailsJson.write(says.details());
        boolean fits = json.length() <= MAX_LIST;
        this.details = fits ? json : "{}";
        this.longDetails = fits ? null : json;
        this.time = says.time().toEpochMilli();
    }
}
