package io.sallyport.factor;

import io.sallyport.factor.webauthn.Bytes;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** The hash of a credential id and whose it is: a realm has it once, which the primary key sees to. */
@Entity(name = "MfaKey") // entity names are global in the server
@Table(name = "MFA_KEY")
@IdClass(KnownKeyRow.Key.class)
public class KnownKeyRow {

    @Id
    @Column(name = "REALM_ID", length = 36)
    private String realmId = "";

    @Id
    @Column(name = "KEY_HASH", length = 64)
    private String keyHash = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Column(name = "ENROLLMENT_ID", length = 36, nullable = false)
    private String enrollmentId = "";

    protected KnownKeyRow() {}

    KnownKeyRow(Key key, String userId, String enrollmentId) {
        this.realmId = key.realmId;
        this.keyHash = key.keyHash;
        this.userId = userId;
        this.enrollmentId = enrollmentId;
    }

    /** Another one has the key now; whoever had it before has it no longer. */
    void passesTo(KnownKeyRow holder) {
        this.userId = holder.userId;
        this.enrollmentId = holder.enrollmentId;
    }

    String keyHash() {
        return keyHash;
    }

    String userId() {
        return userId;
    }

    String enrollmentId() {
        return enrollmentId;
    }

    /** The primary key. */
    public static final class Key implements Serializable {

        private static final long serialVersionUID = 1;

        private String realmId = "";
        private String keyHash = "";

        public Key() {}

        private Key(String realmId, String keyHash) {
            this.realmId = realmId;
            this.keyHash = keyHash;
        }

        static Key of(String realmId, Bytes keyId) {
            return new Key(realmId, keyId.sha256().base64Url());
        }

        String keyHash() {
            return keyHash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && realmId.equals(that.realmId) && keyHash.equals(that.keyHash);
        }

        @Override
        public int hashCode() {
            return keyHash.hashCode();
        }
    }
}
