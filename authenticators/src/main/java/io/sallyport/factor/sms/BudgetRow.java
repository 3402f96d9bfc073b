package io.sallyport.factor.sms;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The row of a realm that whoever decides about a message locks: on all nodes one message is counted after the other. */
@Entity(name = "MfaSmsBudget") // entity names are global in the server
@Table(name = "MFA_SMS_BUDGET")
public class BudgetRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Column(name = "ALARMED_AT", nullable = false)
    private long alarmedAt;

    protected BudgetRow() {}

    BudgetRow(String realmId) {
        this.realmId = realmId;
    }

    long alarmedAt() {
        return alarmedAt;
    }

    void alarmed(long at) {
        this.alarmedAt = at;
    }
}
