package io.sallyport.journey;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Lets its members approve payments, and spends each approval, now and then twice. */
final class Approver implements Load {

    private static final int TRIES = 3;

    private final Codes codes = new Codes();
    private final Sessions sessions;
    private final List<Member> members;
    private final Random random = new Random();

    Approver(Sender sender, List<Member> members) {
        this.sessions = new Sessions(sender, codes);
        this.members = members;
    }

    @Override
    public void once() {
        Member member = members.get(random.nextInt(members.size()));
        sessions.token(member).ifPresent(token -> codes.next(member).ifPresent(code -> approve(member, token, code)));
    }

    private void approve(Member member, String token, Codes.Code code) {
        Map<String, Object> payment = Map.of(
                "action_type",
                "approve_payment",
                "action_details",
                Map.of("amount", random.nextInt(1000), "currency", "EUR", "payee", "A Ltd"));
        Seen asked = sessions.call(
                DeedKind.ASK, member, List.of(), traced -> traced.call("POST", token, "challenge", payment));
        if (!asked.done()) {
            return;
        }
        String id = asked.text("challenge_id");
        Map<String, Object> proof = Map.of("method", "TOTP", "code", code.text(), "challenge_id", id);
        Seen given = sessions.call(
                DeedKind.APPROVE,
                member,
                List.of(code.use(), "answer to challenge " + id),
                traced -> traced.call("POST", token, "verify", proof));
        if (given.done()) {
            spend(member, id, given.text("access_token"), payment);
        }
    }

    private void spend(Member member, String id, String token, Map<String, Object> payment) {
        boolean again = true;
        for (int i = 0; i < TRIES && again; i++) {
            Seen seen = sessions.call(
                    DeedKind.SPEND,
                    member,
                    List.of("approval " + id),
                    traced -> traced.call("POST", token, "authorize", payment));
            again = seen.unknown() || (seen.done() && random.nextInt(4) == 0);
        }
    }
}
