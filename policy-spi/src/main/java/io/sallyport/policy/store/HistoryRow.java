package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyChange;
import io.sallyport.policy.rules.PolicyRule;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One change of one rule: who, when, from what, to what, why. Never changed or deleted while the realm exists. */
@Entity(name = "MfaPolicyHistory") // entity names are global in the server
@Table(name = "MFA_POLICY_HISTORY")
@IdClass(HistoryRow.Key.class)
public class HistoryRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "REVISION")
    private long revision;

    @Id
    @Column(name = "RULE_ID", length = 36)
    private String ruleId = "";

    @Column(name = "VERSION", nullable = false)
    private long version;

    @Column(name = "ACTOR", length = 255)
    private @Nullable String actor;

    @Column(name = "REASON", length = 255, nullable = false)
    private String reason = "";

    @Column(name = "CHANGED_AT", nullable = false)
    private long changedAt;

    @Column(name = "DOCUMENT_BEFORE", length = 4000)
    private @Nullable String before;

    @Column(name = "DOCUMENT_AFTER", length = 4000)
    private @Nullable String after;

    protected HistoryRow() {}

    HistoryRow(String realmId, long revision, PolicyChange change, @Nullable String actor, String reason, Instant at) {
        this.realmId = realmId;
        this.revision = revision;
        this.ruleId = change.id();
        this.version =
                change.after().or(change::before).map(PolicyRule::version).orElse(0L);
        this.actor = actor;
        this.reason = reason;
        this.changedAt = at.toEpochMilli();
        this.before = change.before().map(RuleJson::write).orElse(null);
        this.after = change.after().map(RuleJson::write).orElse(null);
    }

    /**
     * What changed.
     *
     * @throws UnreadableRule if it can't be read
     */
    PastChange pastChange() {
        return new PastChange(
                revision,
                version,
                new PolicyChange(
                        ruleId,
                        Optional.ofNullable(before).map(text -> RuleJson.read(ruleId, text)),
                        Optional.ofNullable(after)
                                .map(text ->
                                        RuleJson.read(ruleId, text).stored(version, Instant.ofEpochMilli(changedAt)))),
                Optional.ofNullable(actor),
                reason,
                Instant.ofEpochMilli(changedAt));
    }

    /** The same as it is stored. */
    PolicyPast.PastRule entry() {
        return new PolicyPast.PastRule(
                revision,
                ruleId,
                version,
                Optional.ofNullable(actor),
                reason,
                Instant.ofEpochMilli(changedAt),
                Optional.ofNullable(before),
                Optional.ofNullable(after));
    }

    /** The row's identity. */
    public record Key(String realmId, long revision, String ruleId) implements Serializable {}
}
