package io.sallyport.factor.sms;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One message as stored, from before it was sent; of its number there is a keyed hash and what everybody may see. */
@Entity(name = "MfaSmsSend") // entity names are global in the server
@Table(name = "MFA_SMS_SEND")
public class SendRow {

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    /** Unique: a challenge gets one message at most. */
    @Column(name = "CHALLENGE_ID", length = 64, nullable = false)
    private String challengeId = "";

    @Column(name = "NUMBER_HASH", length = 128, nullable = false)
    private String numberHash = "";

    @Column(name = "PREFIX_HASH", length = 128, nullable = false)
    private String prefixHash = "";

    @Column(name = "NUMBER_MASKED", length = 32, nullable = false)
    private String numberMasked = "";

    @Column(name = "ADDRESS_HASH", length = 128, nullable = false)
    private String addressHash = "";

    @Column(name = "TENANTS", length = 2000)
    private @Nullable String tenants;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 16, nullable = false)
    private SendStatus status = SendStatus.GRANTED;

    @Column(name = "PROVIDER_REF", length = 64)
    private @Nullable String providerRef;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "CONVERTED_AT")
    private @Nullable Long convertedAt;

    protected SendRow() {}

    SendRow(SendRequest request, HashedNumber number, @Nullable String tenants, Instant createdAt) {
        this.id = UUID.randomUUID().toString();
        this.realmId = request.realmId();
        this.userId = request.userId();
        this.challengeId = request.challengeId();
        this.numberHash = number.whole();
        this.prefixHash = number.prefix();
        this.addressHash = number.address();
        this.numberMasked = request.number().masked();
        this.tenants = tenants;
        this.createdAt = createdAt.toEpochMilli();
    }

    /** Of a message without a code: nothing will be entered, and that is no sign of anything. */
    static SendRow telling(SendRequest request, HashedNumber number, @Nullable String tenants, Instant createdAt) {
        SendRow row = new SendRow(request, number, tenants, createdAt);
        row.convertedAt = row.createdAt;
        return row;
    }

    String id() {
        return id;
    }

    long createdAt() {
        return createdAt;
    }
}
