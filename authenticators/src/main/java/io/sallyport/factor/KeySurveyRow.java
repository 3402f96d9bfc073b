package io.sallyport.factor;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** That all keys which a realm had are in MFA_KEY; those that come later are put there as they are stored. */
@Entity(name = "MfaKeySurvey") // entity names are global in the server
@Table(name = "MFA_KEY_SURVEY")
public class KeySurveyRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Column(name = "DONE_AT", nullable = false)
    private long doneAt;

    protected KeySurveyRow() {}

    KeySurveyRow(String realmId, long doneAt) {
        this.realmId = realmId;
        this.doneAt = doneAt;
    }
}
