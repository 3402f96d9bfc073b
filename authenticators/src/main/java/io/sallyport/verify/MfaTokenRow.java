package io.sallyport.verify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One {@code mfa_token} as stored: its hash, and all that it is bound to. */
@Entity(name = "MfaToken") // entity names are global in the server
@Table(name = "MFA_TOKEN")
public class MfaTokenRow {

    @Id
    @Column(name = "ID", length = 36)
    private String id = "";

    @Column(name = "TOKEN_HASH", length = 64, nullable = false)
    private String tokenHash = "";

    @Column(name = "REALM_ID", length = 36, nullable = false)
    private String realmId = "";

    @Column(name = "USER_ID", length = 255, nullable = false)
    private String userId = "";

    @Column(name = "CLIENT_ID", length = 36, nullable = false)
    private String clientId = "";

    @Column(name = "SCOPE", length = 4000)
    private @Nullable String scope;

    @Column(name = "ADDRESS", length = 64)
    private @Nullable String address;

    @Column(name = "PASSWORD_VERSION", length = 64, nullable = false)
    private String passwordVersion = "";

    @Column(name = "KEY_BINDING", length = 128)
    private @Nullable String keyBinding;

    @Column(name = "NONCE", length = 64, nullable = false)
    private String nonce = "";

    @Column(name = "SESSION_ID", length = 255)
    private @Nullable String sessionId;

    @Enumerated(EnumType.STRING)
    @Column(name = "PURPOSE", length = 16, nullable = false)
    private TokenPurpose purpose = TokenPurpose.PROVE;

    @Enumerated(EnumType.STRING)
    @Column(name = "STATUS", length = 16, nullable = false)
    private MfaToken.Status status = MfaToken.Status.PENDING;

    @Column(name = "SPENT_FOR", length = 64)
    private @Nullable String spentFor;

    /** Why it was refused up to now, each reason once. */
    @Column(name = "REFUSED_FOR", length = 1000)
    private @Nullable String refusedFor;

    @Column(name = "CREATED_AT", nullable = false)
    private long createdAt;

    @Column(name = "EXPIRES_AT", nullable = false)
    private long expiresAt;

    protected MfaTokenRow() {}

    MfaTokenRow(MfaToken token, String tokenHash) {
        this.id = token.id();
        this.tokenHash = tokenHash;
        this.realmId = token.realmId();
        this.userId = token.userId();
        this.clientId = token.clientId();
        this.scope = token.scope().orElse(null);
        this.address = token.holder().address().orElse(null);
        this.keyBinding = token.holder().key().orElse(null);
        this.passwordVersion = token.passwordVersion();
        this.nonce = token.nonce();
        this.sessionId = token.sessionId().orElse(null);
        this.purpose = token.purpose();
        this.createdAt = token.createdAt().toEpochMilli();
        this.expiresAt = token.expiresAt().toEpochMilli();
    }

    MfaToken token() {
        return new MfaToken(
                id,
                realmId,
                userId,
                clientId,
                Optional.ofNullable(scope),
                new TokenHolder(Optional.ofNullable(address), Optional.ofNullable(keyBinding)),
                passwordVersion,
                nonce,
                Optional.ofNullable(sessionId),
                purpose,
                status,
                Optional.ofNullable(spentFor),
                Instant.ofEpochMilli(createdAt),
                Instant.ofEpochMilli(expiresAt));
    }
}
