package io.sallyport.verify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A user's grace under one rule, as stored; written by statements only, so that parallel sign-ins can't renew it. */
@Entity(name = "MfaGrace") // entity names are global in the server
@Table(name = "MFA_GRACE")
@IdClass(GraceRow.Key.class)
public class GraceRow {

    /** In the place of an end where only sign-ins are counted. */
    static final long NO_END = 0;

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId = "";

    @Id
    @Column(name = "RULE_ID", length = 36)
    private String ruleId = "";

    @Column(name = "RULE_VERSION", nullable = false)
    private long ruleVersion;

    @Column(name = "STARTED_AT", nullable = false)
    private long startedAt;

    @Column(name = "ENDS_AT", nullable = false)
    private long endsAt;

    @Column(name = "SKIPS_USED", nullable = false)
    private long skipsUsed;

    protected GraceRow() {}

    /** The row's identity. */
    public record Key(String realmId, String userId, String ruleId) implements Serializable {}
}
