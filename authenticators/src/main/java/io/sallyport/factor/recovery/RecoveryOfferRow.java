package io.sallyport.factor.recovery;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** That a user's codes were made void by somebody else, so that he is offered new ones until he takes them. */
@Entity(name = "MfaRecoveryOffer") // entity names are global in the server
@Table(name = "MFA_RECOVERY_OFFER")
@IdClass(RecoveryOfferRow.Key.class)
public class RecoveryOfferRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId = "";

    @Column(name = "OFFERED_AT", nullable = false)
    private long offeredAt;

    protected RecoveryOfferRow() {}

    RecoveryOfferRow(Key key, long offeredAt) {
        this.realmId = key.realmId;
        this.userId = key.userId;
        this.offeredAt = offeredAt;
    }

    /** The primary key. */
    public static final class Key implements Serializable {

        private static final long serialVersionUID = 1;

        private String realmId = "";
        private String userId = "";

        public Key() {}

        Key(String realmId, String userId) {
            this.realmId = realmId;
            this.userId = userId;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && realmId.equals(that.realmId) && userId.equals(that.userId);
        }

        @Override
        public int hashCode() {
            return userId.hashCode();
        }
    }
}
