package io.sallyport.verify;

import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Requirement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a sign-in stands: what the policy decided, held against the evidence of the session.
 *
 * @param ruled what the rules say
 * @param active all evidence of the session whose factor is still there, newest first
 * @param evidence the newest evidence that satisfies it, or, where MFA is not required, the newest there is
 * @param waiver a waiver that stands in for the evidence; absent if there is none, or none is needed
 * @param orphaned whether a session that is only being refreshed proved a factor that is gone since
 * @param vouching what an identity provider's word made of the policy's answer; absent if nothing
 * @param now the time of the assessment, by the clock of the database
 */
public record Assessment(
        PolicyDecision ruled,
        List<Evidence> active,
        Optional<Evidence> evidence,
        Optional<Waiver> waiver,
        boolean orphaned,
        Optional<Vouching> vouching,
        Instant now) {

    public Assessment {
        active = List.copyOf(active);
    }

    /** The policy's answer: what the rules say, or what a provider's word makes of it. */
    public PolicyDecision decision() {
        return decision(ruled, vouching);
    }

    static PolicyDecision decision(PolicyDecision ruled, Optional<Vouching> vouching) {
        return vouching.map(Vouching::decision).orElse(ruled);
    }

    /**
     * What proofs and factors of the user are held to: a provider's word lets him pass, it makes nothing of his stronger
     * than the rules take it for.
     */
    public PolicyDecision demanded() {
        return demanded(ruled, vouching);
    }

    static PolicyDecision demanded(PolicyDecision ruled, Optional<Vouching> vouching) {
        return vouching.filter(found -> found.kind() != Vouching.Kind.EXEMPT)
                .map(Vouching::decision)
                .orElse(ruled);
    }

    /** Whether the session has proved something that would do for this. */
    public boolean holds(Requirement wanted) {
        return active.stream().anyMatch(one -> one.meets(wanted, now));
    }

    /** Whether an identity provider's word is what lets the user pass, or keeps him out. */
    public boolean vouched(Vouching.Kind kind) {
        return vouching.filter(found -> found.kind() == kind).isPresent();
    }

    /** Whether the user may pass: MFA is not required, it was proved, or a waiver stands in for it. */
    public boolean passes() {
        return !orphaned
                && decision()
                        .match(
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
        return decision()
                .match(
                        skip -> {
                            throw new IllegalStateException("nothing is open");
                        },
                        challenge,
                        enroll,
                        deny);
    }
}
