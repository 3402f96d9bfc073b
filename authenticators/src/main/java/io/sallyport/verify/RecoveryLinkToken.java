package io.sallyport.verify;

import java.time.Instant;
import java.util.UUID;
import org.keycloak.authentication.actiontoken.DefaultActionToken;

/** What a mailed link to new recovery codes carries: signed by the realm, and worth nothing without a sign-in. */
public final class RecoveryLinkToken extends DefaultActionToken {

    /** Its kind among Keycloak's action tokens. */
    public static final String KIND = "mfa-recovery-codes";

    /** For who reads it from a link. */
    RecoveryLinkToken() {}

    /** @param client where a sign-in by it begins */
    public RecoveryLinkToken(RecoveryLink link, Instant until, String client) {
        super(link.userId(), KIND, Math.toIntExact(until.getEpochSecond()), UUID.fromString(link.id()));
        this.issuedFor = client;
    }

    /** The link that it stands for. */
    public RecoveryLink toLink() {
        return new RecoveryLink(getUserId(), getActionVerificationNonce().toString());
    }
}
