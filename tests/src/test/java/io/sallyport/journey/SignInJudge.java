package io.sallyport.journey;

import static java.util.stream.Collectors.groupingBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds sign-ins against what they leave: each has its proof, and its code can't be used again. */
final class SignInJudge {

    /** Who does nothing else has exactly one proof for each. */
    private static final Set<DeedKind> NOTHING_ELSE =
            EnumSet.of(DeedKind.GUESS, DeedKind.PASSWORD, DeedKind.SIGN_IN, DeedKind.PROVE, DeedKind.UNLOCK);

    /** As it is stored of a factor whose codes were never taken. */
    private static final long NONE = -1;

    private final List<Deed> deeds;
    private final List<Deed> effective;
    private final Aftermath left;

    SignInJudge(List<Deed> deeds, List<Deed> effective, Aftermath left) {
        this.deeds = deeds;
        this.effective = effective;
        this.left = left;
    }

    /** Each contradiction in a sentence. */
    List<String> contradictions() {
        Map<String, List<Deed>> successes = effective.stream()
                .filter(deed -> deed.kind() == DeedKind.SIGN_IN || deed.kind() == DeedKind.PROVE)
                .collect(groupingBy(Deed::user));
        List<String> found = new ArrayList<>();
        deeds.stream().collect(groupingBy(Deed::user)).forEach((user, theirs) -> {
            if (theirs.stream().map(Deed::kind).allMatch(NOTHING_ELSE::contains)) {
                found.addAll(of(user, successes.getOrDefault(user, List.of())));
            }
        });
        return found;
    }

    private List<String> of(String user, List<Deed> successes) {
        List<String> found = new ArrayList<>();
        long proofs = left.evidence().getOrDefault(user, 0L);
        if (proofs != successes.size()) {
            found.add("User " + user + " has " + proofs + " proofs for " + successes.size() + " sign-ins: " + successes
                    + ".");
        }
        long newest = successes.stream()
                .flatMap(deed -> deed.uses().stream())
                .mapToLong(SignInJudge::step)
                .max()
                .orElse(NONE);
        if (left.lastSteps().getOrDefault(user, NONE) < newest) {
            found.add("User " + user + " could use the code of step " + newest + " again.");
        }
        return found;
    }

    private static long step(String use) {
        return use.startsWith("step ") ? Long.parseLong(use.split(" ", 3)[1]) : NONE;
    }
}
