package io.sallyport.journey;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Uses the recovery codes of its members, one after the other, and those again whose answer it never saw. */
final class Recoverer implements Load {

    private static final int TRIES = 3;

    private final Sessions sessions;
    private final List<Member> members;
    private final Map<Member, Deque<String>> codes = new HashMap<>();
    private final Random random = new Random();

    Recoverer(Sender sender, List<Member> members) {
        this.sessions = new Sessions(sender, new Codes());
        this.members = members;
    }

    @Override
    public void once() {
        Member member = members.get(random.nextInt(members.size()));
        sessions.token(member).ifPresent(token -> {
            Deque<String> left = codes.computeIfAbsent(member, nobody -> new ArrayDeque<>());
            if (left.isEmpty()) {
                Seen seen = sessions.call(
                        DeedKind.NEW_CODES,
                        member,
                        List.of(),
                        traced -> traced.call("POST", token, "recovery-codes", Map.of()));
                seen.json().path("recovery_codes").forEach(code -> left.add(code.asText()));
            } else {
                use(member, token, left.remove());
            }
        });
    }

    /** A used one is tried again now and then: it must not count twice. */
    private void use(Member member, String token, String code) {
        boolean again = true;
        for (int i = 0; i < TRIES && again; i++) {
            Seen seen = sessions.call(
                    DeedKind.RECOVER,
                    member,
                    List.of("recovery code " + code),
                    traced -> traced.call("POST", token, "verify", Map.of("method", "RECOVERY_CODE", "code", code)));
            again = seen.unknown() || (seen.done() && random.nextInt(4) == 0);
        }
    }
}
