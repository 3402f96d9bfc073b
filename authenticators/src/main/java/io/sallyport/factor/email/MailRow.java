package io.sallyport.factor.email;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** When a user got his last code by mail, and how many on that day. */
@Entity(name = "MfaMail") // entity names are global in the server
@Table(name = "MFA_MAIL")
@IdClass(MailRow.Key.class)
public class MailRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "USER_ID", length = 255)
    private String userId = "";

    @Column(name = "SENT_AT", nullable = false)
    private long sentAt;

    @Column(name = "DAY_BEGAN_AT", nullable = false)
    private long dayBeganAt;

    @Column(name = "SENT_IN_DAY", nullable = false)
    private int sentInDay;

    protected MailRow() {}

    MailRow(String realmId, String userId, long firstAt) {
        this.realmId = realmId;
        this.userId = userId;
        this.sentAt = firstAt;
        this.dayBeganAt = firstAt;
        this.sentInDay = 1;
    }

    /** Its primary key. */
    static final class Key implements Serializable {

        private String realmId = "";
        private String userId = "";

        Key() {}

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && realmId.equals(key.realmId) && userId.equals(key.userId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(realmId, userId);
        }
    }
}
