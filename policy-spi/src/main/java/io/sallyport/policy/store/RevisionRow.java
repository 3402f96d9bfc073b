package io.sallyport.policy.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Counts the changes of a realm's policy. Whoever changes it holds the lock of this row, so that there is one at a time. */
@Entity(name = "MfaPolicyRevision") // entity names are global in the server
@Table(name = "MFA_POLICY_REVISION")
public class RevisionRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    /** A new one for a realm that is made again under the id of a removed one, whose revisions mean nothing any more. */
    @Column(name = "GENERATION", length = 36, nullable = false)
    private String generation = "";

    @Column(name = "REVISION", nullable = false)
    private long revision;

    protected RevisionRow() {}

    RevisionRow(String realmId, String generation) {
        this.realmId = realmId;
        this.generation = generation;
    }

    String generation() {
        return generation;
    }

    long revision() {
        return revision;
    }

    long next() {
        return ++revision;
    }
}
