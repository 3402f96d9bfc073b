package io.sallyport.population.coverage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;

/** What a realm's coverage was on one day (UTC), as it was first counted on it. Never changed. */
@Entity(name = "MfaCoverageDay") // entity names are global in the server
@Table(name = "MFA_COVERAGE_DAY")
@IdClass(CoverageDayRow.Key.class)
public class CoverageDayRow {

    static final int MAX_TOTALS = 2000;

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    /** Days since 1970-01-01. */
    @Id
    @Column(name = "DAY_NUMBER")
    private long day;

    @Column(name = "COUNTED_AT", nullable = false)
    private long countedAt;

    @Column(name = "TOTALS", length = MAX_TOTALS, nullable = false)
    private String totals = "";

    protected CoverageDayRow() {}

    CoverageDayRow(String realmId, Instant countedAt, String totals) {
        this.realmId = realmId;
        this.day = dayOf(countedAt);
        this.countedAt = countedAt.toEpochMilli();
        this.totals = totals;
    }

    static long dayOf(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    Instant countedAt() {
        return Instant.ofEpochMilli(countedAt);
    }

    /** As JSON. */
    String totals() {
        return totals;
    }

    /** The row's identity. */
    public record Key(String realmId, long day) implements Serializable {}
}
