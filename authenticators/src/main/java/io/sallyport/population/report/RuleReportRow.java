package io.sallyport.population.report;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** What one version of a rule would have done on one day (UTC), as far as it is written down. */
@Entity(name = "MfaRuleReport") // entity names are global in the server
@Table(name = "MFA_RULE_REPORT")
@IdClass(RuleReportRow.Key.class)
public class RuleReportRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "RULE_ID", length = 36)
    private String ruleId = "";

    @Id
    @Column(name = "RULE_VERSION")
    private long version;

    /** Days since 1970-01-01. */
    @Id
    @Column(name = "DAY_NUMBER")
    private long day;

    @Column(name = "ABOUT", nullable = false)
    private long about;

    @Column(name = "ASKED", nullable = false)
    private long asked;

    @Column(name = "REFUSED", nullable = false)
    private long refused;

    @Column(name = "SPARED", nullable = false)
    private long spared;

    protected RuleReportRow() {}

    RuleReportRow(Tally.Key key, Counts counts) {
        this.realmId = key.realmId();
        this.ruleId = key.ruleId();
        this.version = key.version();
        this.day = key.day();
        this.about = counts.about();
        this.asked = counts.asked();
        this.refused = counts.refused();
        this.spared = counts.spared();
    }

    /** The row's identity. */
    public record Key(String realmId, String ruleId, long version, long day) implements Serializable {}
}
