package io.sallyport.verify;

import io.sallyport.policy.PolicyDecision;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a sign-in stands: what the policy decided, held against the evidence of the session.
 *
 * @param decision the policy's answer
 * @param evidence the newest evidence that satisfies it, or, where MFA is not required, the newest there is
 * @param waiver a waiver that stands in for the evidence; absent if there is none, or none is needed
 * @param orphaned whether a session that is only being refreshed proved a factor that is gone since
 * @param vouching what an identity provider's word made of the policy's answer; absent if nothing
 * @param now the time of the assessment, by the clock of the database
 */
public record Assessment(
        PolicyDecision decision,
        Optional<Evidence> evidence,
        Optional<Waiver> waiver,
        boolean orphaned,
        Optional<Vouching> vouching,
        Instant now) {

    /** Whether an identity provider's word is what lets the user pass, or keeps him out. */
    public boolean vouched(Vouching.Kind kind) {
        return vouching.filter(found -> found.kind() == kind).isPresent();
    }

    /** Whether the user may pass: MFA is not required, it was proved, or a waiver stands in for it. */
    public boolean passes() {
        return !orphaned
                && decision.match(
                        skip -> true,
                        challenge -> evidence.isPresent() || waived(Waiver.Kind.TRUSTED_DEVICE),
                        enroll -> evidence.isPresent() || waived(Waiver.Kind.GRACE),
                        deny -> false);
    }

    private boolean waived(Waiver.Kind kind) {
        return waiver.filter(found -> found.kind() == kind).isPresent();
    }

    /** What is left to do for somebody who may not pass; one case each. */
    public <T> T whenOpen(
            Function<PolicyDecision.Challenge, T> challenge,
            Function<PolicyDecision.Enroll, T> enroll,
            Function<PolicyDecision.Deny, T> deny) {
        if (passes()) {
            throw new IllegalStateException("nothing is open");
        }
        return decision.match(
                skip -> {
                    throw new IllegalStateException("nothing is open");
                },
                challenge,
                enroll,
                deny);
    }
}
