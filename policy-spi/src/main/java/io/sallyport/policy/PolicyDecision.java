package io.sallyport.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The answer of the policy for one sign-in; it always carries its reasons. */
public sealed interface PolicyDecision {

    /** Why, most important first; never empty. */
    List<Reason> reasons();

    /** One case each, so that the compiler forces every caller to think of all. */
    <T> T match(
            Function<Skip, T> skip,
            Function<Challenge, T> challenge,
            Function<Enroll, T> enroll,
            Function<Deny, T> deny);

    /** What a proof must be; absent where none is needed or none would do. */
    default Optional<Requirement> requirement() {
        return match(
                skip -> Optional.empty(),
                challenge -> Optional.of(challenge.proof()),
                enroll -> Optional.of(enroll.proof()),
                deny -> Optional.empty());
    }

    /** MFA is not required. */
    record Skip(List<Reason> reasons) implements PolicyDecision {
        public Skip {
            reasons = copy(reasons);
        }

        /** Whether a rule says so, and not merely none says otherwise. */
        public boolean byRule() {
            return reasons.stream().anyMatch(reason -> reason.rule().isPresent());
        }

        @Override
        public <T> T match(
                Function<Skip, T> skip,
                Function<Challenge, T> challenge,
                Function<Enroll, T> enroll,
                Function<Deny, T> deny) {
            return skip.apply(this);
        }
    }

    /** MFA is required, and the user has a method that counts. */
    record Challenge(Requirement proof, Set<Method> usable, List<Reason> reasons) implements PolicyDecision {
        public Challenge {
            if (usable.isEmpty()) {
                throw new IllegalArgumentException("usable is empty: want Enroll or Deny");
            }
            usable = Set.copyOf(EnumSet.copyOf(usable));
            reasons = copy(reasons);
        }

        @Override
        public <T> T match(
                Function<Skip, T> skip,
                Function<Challenge, T> challenge,
                Function<Enroll, T> enroll,
                Function<Deny, T> deny) {
            return challenge.apply(this);
        }
    }

    /** MFA is required, and the user has no method that counts yet; with grace he may put enrolling off. */
    record Enroll(Requirement proof, Optional<Grace> grace, List<Reason> reasons) implements PolicyDecision {
        public Enroll {
            reasons = copy(reasons);
        }

        @Override
        public <T> T match(
                Function<Skip, T> skip,
                Function<Challenge, T> challenge,
                Function<Enroll, T> enroll,
                Function<Deny, T> deny) {
            return enroll.apply(this);
        }
    }

    /** No method could satisfy the rules that matched: the sign-in is refused. */
    record Deny(List<Reason> reasons) implements PolicyDecision {
        public Deny {
            reasons = copy(reasons);
        }

        @Override
        public <T> T match(
                Function<Skip, T> skip,
                Function<Challenge, T> challenge,
                Function<Enroll, T> enroll,
                Function<Deny, T> deny) {
            return deny.apply(this);
        }
    }

    private static List<Reason> copy(List<Reason> reasons) {
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("reasons is empty: a decision says why");
        }
        return List.copyOf(reasons);
    }
}
