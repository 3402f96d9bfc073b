package io.sallyport.journey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Signs its members in, with right, wrong and used codes, and stays below what would lock them. */
final class Guesser implements Load {

    /** One less than what would lock, also where an answer was lost that had counted. */
    private static final int MAX_FAILURES = 4;

    private final Sender sender;
    private final List<Member> members;
    private final Codes codes = new Codes();
    private final Random random = new Random();
    private final Map<Member, Integer> failures = new HashMap<>();

    Guesser(Sender sender, List<Member> members) {
        this.sender = sender;
        this.members = members;
    }

    @Override
    public void once() {
        Member member = members.get(random.nextInt(members.size()));
        boolean mayFail = failures.getOrDefault(member, 0) < MAX_FAILURES;
        Optional<Codes.Code> used = codes.used(member).filter(code -> random.nextBoolean());
        if (random.nextInt(3) > 0 || !mayFail) {
            codes.next(member).ifPresent(code -> signIn(member, code));
        } else if (used.isPresent()) {
            signIn(member, used.get());
        } else {
            count(
                    member,
                    sender.send(
                            DeedKind.GUESS,
                            member,
                            traced -> traced.code(member, member.phone().wrongCode())
                                    .reply()));
        }
    }

    private void signIn(Member member, Codes.Code code) {
        count(
                member,
                sender.send(
                        DeedKind.SIGN_IN,
                        member,
                        List.of(code.use()),
                        traced -> traced.code(member, code.text()).reply()));
    }

    private void count(Member member, Seen seen) {
        if (seen.done()) {
            failures.remove(member);
        } else {
            failures.merge(member, 1, Integer::sum);
        }
    }
}
