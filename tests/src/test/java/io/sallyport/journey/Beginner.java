package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Lets each of its members, who has a password alone, enroll his first factor by the mfa_token that it gives. */
final class Beginner implements Load {

    private static final int TRIES = 3;

    private final Sender sender;
    private final Deque<Member> members;

    Beginner(Sender sender, List<Member> members) {
        this.sender = sender;
        this.members = new ArrayDeque<>(members);
    }

    @Override
    public void once() {
        if (members.isEmpty()) {
            return;
        }
        Member member = members.removeFirst();
        Seen offer = sender.send(
                DeedKind.PASSWORD,
                member,
                traced ->
                        traced.password(traced.realm().shop(), member, Map.of()).reply());
        // who has a factor by now, of which no answer told, is offered another way
        boolean invited = offer.json().path("enrollment_required").asBoolean();
        if (offer.unknown() || (invited && !enrolled(member, offer.text("mfa_token")))) {
            members.addLast(member);
        }
    }

    private boolean enrolled(Member member, String token) {
        Map<String, Object> wanted =
                Map.of("method", "TOTP", "external_id", UUID.randomUUID().toString());
        Seen begun = sender.send(DeedKind.ENROLL, member, traced -> traced.call("POST", token, "enroll", wanted));
        return begun.done() && !activated(member, token, begun.json()).unknown();
    }

    /** The first code, which is spent together with the mfa_token. */
    private Seen activated(Member member, String token, JsonNode begun) {
        String id = begun.path("enrollment_id").asText();
        Phone phone =
                Phone.with(begun.path("secret_or_challenge").path("secret").asText());
        Map<String, Object> first = Map.of(
                "method", "TOTP", "enrollment_id", id, "code", phone.codeAt(phone.currentStep()), "client_id", "shop");
        Seen seen = Seen.nothing();
        for (int i = 0; i < TRIES && seen.unknown(); i++) {
            seen = sender.send(
                    DeedKind.ACTIVATE,
                    member,
                    List.of("beginning of factor " + id, "mfa_token of " + id),
                    traced -> traced.call("POST", token, "verify", first));
        }
        return seen;
    }
}
