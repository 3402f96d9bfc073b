package io.sallyport.policy.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** One rule as stored: what is looked up by has columns, what it says is the rule's JSON document. */
@Entity(name = "MfaRule") // entity names are global in the server
@Table(name = "MFA_POLICY_RULE")
@IdClass(RuleRow.Key.class)
@NamedQuery(
        name = "mfaRulesForUser",
        query = "select r from MfaRule r where r.realmId = :realm and (r.userId is null or r.userId = :user)")
@NamedQuery(name = "mfaRulesOfRealm", query = "select r from MfaRule r where r.realmId = :realm")
public class RuleRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    @Column(name = "USER_ID", length = 255)
    private @Nullable String userId;

    @Column(name = "DOCUMENT", length = 4000, nullable = false)
    private String document = "";

    @Column(name = "CREATED_BY", length = 255)
    private @Nullable String createdBy;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "CHANGED_AT", nullable = false)
    private long changedAt;

    @Version
    @Column(name = "VERSION", nullable = false)
    private long version;

    protected RuleRow() {}

    RuleRow(String id, String realmId, @Nullable String userId, String document, @Nullable String createdBy, long at) {
        this.id = id;
        this.realmId = realmId;
        this.userId = userId;
        this.document = document;
        this.createdBy = createdBy;
        this.createdAt = at;
        this.changedAt = at;
    }

    void become(String newDocument, long at) {
        document = newDocument;
        changedAt = at;
    }

    String id() {
        return id;
    }

    String document() {
        return document;
    }

    /** Counts from 1, while JPA counts from 0. */
    long version() {
        return version + 1;
    }

    /** When it was made or last changed, in epoch milliseconds. */
    long changedAt() {
        return changedAt;
    }

    /** The row's identity: documents bring ids along, and two realms may have the same document. */
    public record Key(String realmId, String id) implements Serializable {}
}
