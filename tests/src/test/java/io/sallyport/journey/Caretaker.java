package io.sallyport.journey;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** The help desk: gives passes to some, and takes the factors of others away, each once. */
final class Caretaker implements Load {

    private static final int TRIES = 3;

    private final Sender sender;
    private final Deque<Member> newcomers;
    private final Deque<Holder> holders;

    /** Somebody and the id of his factor. */
    record Holder(Member member, String factor) {}

    Caretaker(Sender sender, List<Member> newcomers, List<Holder> holders) {
        this.sender = sender;
        this.newcomers = new ArrayDeque<>(newcomers);
        this.holders = new ArrayDeque<>(holders);
    }

    @Override
    public void once() {
        Member newcomer = newcomers.removeFirst();
        newcomers.addLast(newcomer);
        sender.send(
                DeedKind.GIVE_PASS,
                newcomer,
                traced -> traced.admin("POST", "users/" + newcomer.id() + "/pass", Map.of("reason", "a storm")));
        if (!holders.isEmpty()) {
            revoke(holders.removeFirst());
        }
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(300);
    }

    private void revoke(Holder holder) {
        boolean again = true;
        for (int i = 0; i < TRIES && again; i++) {
            again = sender.send(
                            DeedKind.REVOKE,
                            holder.member(),
                            List.of("end of factor " + holder.factor()),
                            traced -> traced.admin(
                                    "DELETE",
                                    "users/" + holder.member().id() + "/enrollments/" + holder.factor()
                                            + "?reason=a+storm",
                                    Map.of()))
                    .unknown();
        }
    }
}
