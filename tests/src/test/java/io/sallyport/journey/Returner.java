package io.sallyport.journey;

import java.util.List;
import java.util.Map;
import java.util.Random;

/** Signs its members in without a browser: the password first, then a code with the mfa_token that it gave, now and then twice. */
final class Returner implements Load {

    private static final int TRIES = 3;

    private final Sender sender;
    private final List<Member> members;
    private final Codes codes = new Codes();
    private final Random random = new Random();

    Returner(Sender sender, List<Member> members) {
        this.sender = sender;
        this.members = members;
    }

    @Override
    public void once() {
        Member member = members.get(random.nextInt(members.size()));
        codes.next(member).ifPresent(code -> {
            String token = sender.send(
                            DeedKind.PASSWORD,
                            member,
                            traced -> traced.password(traced.realm().shop(), member, Map.of())
                                    .reply())
                    .text("mfa_token");
            if (!token.isEmpty()) {
                prove(member, token, code);
            }
        });
    }

    private void prove(Member member, String token, Codes.Code code) {
        Map<String, Object> proof = Map.of("method", "TOTP", "code", code.text(), "client_id", "shop");
        boolean again = true;
        for (int i = 0; i < TRIES && again; i++) {
            Seen seen = sender.send(
                    DeedKind.PROVE,
                    member,
                    List.of(code.use(), "mfa_token for " + code.use()),
                    traced -> traced.call("POST", token, "verify", proof));
            again = seen.unknown() || (seen.done() && random.nextInt(4) == 0);
        }
    }
}
