package io.sallyport.policy.store;

import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One rule as stored: what is looked up by has columns, what it says is the rule's JSON document. Rows change only while
 * the realm's {@link RevisionRow} is locked.
 */
@Entity(name = "MfaRule") // entity names are global in the server
@Table(name = "MFA_POLICY_RULE")
@IdClass(RuleRow.Key.class)
public class RuleRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    @Column(name = "ORGANIZATION_ID", length = 255)
    private @Nullable String organizationId;

    @Column(name = "GROUP_ID", length = 255)
    private @Nullable String groupId;

    @Column(name = "USER_ID", length = 255)
    private @Nullable String userId;

    @Column(name = "IDENTITY_HASH", length = 64)
    private @Nullable String identityHash;

    @Column(name = "DOCUMENT", length = 4000, nullable = false)
    private String document = "";

    @Column(name = "CREATED_BY", length = 255)
    private @Nullable String createdBy;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "CHANGED_AT", nullable = false)
    private long changedAt;

    /** One less than the version that people see. */
    @Column(name = "VERSION", nullable = false)
    private long version;

    protected RuleRow() {}

    RuleRow(String realmId, String id, @Nullable String createdBy, Instant at) {
        this.realmId = realmId;
        this.id = id;
        this.createdBy = createdBy;
        this.createdAt = at.toEpochMilli();
    }

    /** Says this from now on. */
    void become(PolicyRule rule) {
        Scope scope = rule.scope();
        organizationId = scope.tenant().orElse(null);
        groupId = scope instanceof Scope.Group group ? group.group() : null;
        userId = scope instanceof Scope.User user ? user.user() : null;
        identityHash = RuleJson.hash(rule);
        document = RuleJson.write(rule);
        changedAt = rule.changedAt().toEpochMilli();
        version = rule.version() - 1;
    }

    /** A row of an older version, or one that can't be read, has no identity yet. */
    void takeIdentity() {
        try {
            identityHash = RuleJson.hash(rule());
        } catch (UnreadableRule broken) {
            identityHash = null;
        }
    }

    /** Makes room for another rule with the scope and conditions of this one. */
    void giveUpIdentity() {
        identityHash = null;
    }

    /**
     * What it says.
     *
     * @throws UnreadableRule if it can't be read
     */
    PolicyRule rule() {
        return RuleJson.read(id, document).stored(version + 1, Instant.ofEpochMilli(changedAt));
    }

    StoredRule stored() {
        return new StoredRule(rule(), Optional.ofNullable(createdBy), Instant.ofEpochMilli(createdAt));
    }

    String id() {
        return id;
    }

    /** What it says as it is stored, whether it can be read or not. */
    String document() {
        return document;
    }

    /** The row's identity: documents bring ids along, and two realms may have the same document. */
    public record Key(String realmId, String id) implements Serializable {}
}
