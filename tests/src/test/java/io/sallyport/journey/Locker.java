package io.sallyport.journey;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Guesses on until its members are locked, tries their right codes then, and has most of them unlocked. */
final class Locker implements Load {

    /** Of the lock, and one that is not compared any more. */
    private static final int GUESSES = 6;

    private static final int TRIES = 3;

    private final Sender sender;
    private final Deque<Member> members;
    private final Codes codes = new Codes();
    private final Random random = new Random();

    Locker(Sender sender, List<Member> members) {
        this.sender = sender;
        this.members = new ArrayDeque<>(members);
    }

    @Override
    public void once() {
        Member member = members.removeFirst();
        for (int i = 0; i < GUESSES; i++) {
            sender.send(
                    DeedKind.GUESS,
                    member,
                    traced -> traced.code(member, member.phone().wrongCode()).reply());
        }
        signIn(member);
        // some stay as they are, to the end
        if ((random.nextInt(5) > 0 || members.size() < 3) && unlocked(member)) {
            signIn(member);
            members.addLast(member);
        } else if (members.isEmpty()) {
            members.addLast(member);
        }
    }

    private void signIn(Member member) {
        codes.next(member)
                .ifPresent(code -> sender.send(
                        DeedKind.SIGN_IN,
                        member,
                        List.of(code.use()),
                        traced -> traced.code(member, code.text()).reply()));
    }

    private boolean unlocked(Member member) {
        boolean done = false;
        for (int i = 0; i < TRIES && !done; i++) {
            done = sender.send(
                            DeedKind.UNLOCK,
                            member,
                            traced -> traced.admin(
                                    "POST", "users/" + member.id() + "/unlock", Map.of("reason", "a storm")))
                    .done();
        }
        return done;
    }
}
