package io.sallyport.journey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions of members in an application that may reach their factors; who has none signs in. */
final class Sessions {

    private static final Map<String, String> SCOPE = Map.of("scope", "openid mfa");

    private final Sender sender;
    private final Codes codes;
    private final Map<Member, String> tokens = new HashMap<>();

    Sessions(Sender sender, Codes codes) {
        this.sender = sender;
        this.codes = codes;
    }

    /** His token; empty if he gets none now. */
    Optional<String> token(Member member) {
        if (!tokens.containsKey(member)) {
            codes.next(member)
                    .map(code -> signIn(member, code))
                    .filter(Seen::done)
                    .ifPresent(seen -> tokens.put(member, seen.text("access_token")));
        }
        return Optional.ofNullable(tokens.get(member));
    }

    /** A call in his session, which is given up where it does not count any more. */
    Seen call(DeedKind kind, Member member, List<String> uses, Sender.Call call) {
        Seen seen = sender.send(kind, member, uses, call);
        if (List.of("UNAUTHENTICATED", "MFA_REQUIRED").contains(seen.text("error")) && kind != DeedKind.SPEND) {
            tokens.remove(member);
        }
        return seen;
    }

    private Seen signIn(Member member, Codes.Code code) {
        Map<String, String> more = new HashMap<>(SCOPE);
        more.put("totp", code.text());
        return sender.send(
                DeedKind.SIGN_IN,
                member,
                List.of(code.use()),
                traced -> traced.password(SelfService.in(traced.realm()).client(), member, more)
                        .reply());
    }
}
