package io.sallyport.gate;

import io.sallyport.factor.Approval;
import io.sallyport.verify.Evidence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.keycloak.representations.IDToken;

/**
 * Writes the claims of contract and RFC 8176 into a token, and removes whatever stood there under their names: what is
 * not derived from evidence is forged.
 */
final class MfaClaims {

    static final String VERIFIED = "mfa_verified";
    private static final String TIME = "mfa_time";
    private static final String METHOD = "mfa_method";
    private static final String EXPIRES = "mfa_exp";
    private static final String AMR = "amr";
    private static final String ACTION = "mfa_action";
    private static final String ACTION_HASH = "mfa_action_hash";
    private static final String ACTION_TENANTS = "mfa_action_tenants";
    private static final String APPROVAL = "mfa_approval_id";
    /** What Keycloak says of a session that proved nothing in particular. */
    private static final String LOWEST_ACR = "0";

    static final List<String> NAMES =
            List.of(VERIFIED, METHOD, TIME, EXPIRES, AMR, ACTION, ACTION_HASH, ACTION_TENANTS, APPROVAL);

    private MfaClaims() {}

    /** The claims of this evidence while it is fresh; none without. Writing twice changes nothing. */
    static void write(IDToken token, Optional<Evidence> fresh, Duration ttl) {
        remove(token);
        fresh.ifPresent(evidence -> add(token, evidence, ttl));
    }

    /** What was approved, for the one token that carries it. */
    static void approved(IDToken token, Approval approval) {
        token.setOtherClaims(ACTION, approval.actionType());
        token.setOtherClaims(ACTION_HASH, approval.hash());
        token.setOtherClaims(APPROVAL, approval.id());
        if (!approval.tenants().isEmpty()) {
            token.setOtherClaims(ACTION_TENANTS, approval.tenants());
        }
    }

    /** A token that says nothing of MFA. */
    static void remove(IDToken token) {
        NAMES.forEach(token.getOtherClaims()::remove);
        if (AskedAcr.MFA.equalsIgnoreCase(token.getAcr())) {
            token.setAcr(LOWEST_ACR);
        }
    }

    /** Whether the token says anything of MFA. */
    static boolean areIn(IDToken token) {
        return Boolean.TRUE.equals(token.getOtherClaims().get(VERIFIED));
    }

    /** What this token says of MFA, in the answer to a question about it. */
    static void repeat(IDToken token, IDToken answer) {
        if (areIn(token)) {
            NAMES.forEach(name -> Optional.ofNullable(token.getOtherClaims().get(name))
                    .ifPresent(value -> answer.setOtherClaims(name, value)));
            answer.setAcr(AskedAcr.MFA);
        }
    }

    private static void add(IDToken token, Evidence evidence, Duration ttl) {
        long time = evidence.verifiedAt().getEpochSecond();
        long expires = time + ttl.toSeconds();
        token.setOtherClaims(VERIFIED, true);
        token.setOtherClaims(METHOD, evidence.method().name());
        token.setOtherClaims(TIME, time);
        token.setOtherClaims(EXPIRES, expires);
        token.setOtherClaims(AMR, evidence.amr());
        token.setAcr(AskedAcr.MFA);
        // Keycloak reads 0 as "never"
        if (token.getExp() == null || token.getExp() == 0 || token.getExp() > expires) {
            token.exp(expires);
        }
    }
}
