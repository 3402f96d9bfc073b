package io.sallyport.journey;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The codes on the phones of members: each is new once, then used, and nobody waits for the next. */
final class Codes {

    private final Map<Member, Long> last = new HashMap<>();

    /**
     * A code of one step.
     *
     * @param use what it uses up
     */
    record Code(String text, String use) {

        static Code of(Member member, long step) {
            return new Code(member.phone().codeAt(step), "step " + step + " of " + member.id());
        }
    }

    /** One that the server takes now and that was never given; empty until there is one again. */
    Optional<Code> next(Member member) {
        long now = member.phone().currentStep();
        long step = Math.max(last.getOrDefault(member, 0L) + 1, now);
        if (step > now + 1) {
            return Optional.empty();
        }
        last.put(member, step);
        return Optional.of(Code.of(member, step));
    }

    /** The one that was given last, if the server would take it now had it not been given. */
    Optional<Code> used(Member member) {
        return Optional.ofNullable(last.get(member))
                .filter(step -> step >= member.phone().currentStep())
                .map(step -> Code.of(member, step));
    }
}
