package io.sallyport.factor.recovery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** The last link that a user was mailed to new recovery codes, while it was not used. */
@Entity(name = "MfaRecoveryLink") // entity names are global in the server
@Table(name = "MFA_RECOVERY_LINK")
@IdClass(RecoveryLinkRow.Key.class)
public class RecoveryLinkRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId = "";

    @Column(name = "LINK_ID", length = 36, nullable = false)
    private String linkId = "";

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected RecoveryLinkRow() {}

    RecoveryLinkRow(String realmId, String userId, String linkId, long expiresAt) {
        this.realmId = realmId;
        this.userId = userId;
        this.linkId = linkId;
        this.expiresAt = expiresAt;
    }

    /** The primary key: a user has one link, and a new one ends the one before. */
    static final class Key implements Serializable {

        private static final long serialVersionUID = 1;

        private String realmId = "";
        private String userId = "";

        Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && realmId.equals(that.realmId) && userId.equals(that.userId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, userId);
        }
    }
}
