package io.sallyport.journey;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Begins a second factor of its members, makes it active or gives it up, and takes it away again. */
final class Enroller implements Load {

    private static final int TRIES = 3;

    private final Sessions sessions;
    private final List<Member> members;
    private final Random random = new Random();

    Enroller(Sender sender, List<Member> members) {
        this.sessions = new Sessions(sender, new Codes());
        this.members = members;
    }

    @Override
    public void once() {
        Member member = members.get(random.nextInt(members.size()));
        sessions.token(member).ifPresent(token -> enroll(member, token));
    }

    private void enroll(Member member, String token) {
        String label = UUID.randomUUID().toString();
        Map<String, Object> wanted = Map.of("method", "TOTP", "label", label, "external_id", label);
        Seen begun = sessions.call(
                DeedKind.ENROLL, member, List.of(), traced -> traced.call("POST", token, "enroll", wanted));
        if (begun.done()) {
            String id = begun.text("enrollment_id");
            String secret =
                    begun.json().path("secret_or_challenge").path("secret").asText();
            if (random.nextInt(5) > 0) {
                activate(member, token, id, Phone.with(secret));
            }
            if (random.nextInt(10) > 0) {
                remove(member, token, id);
            }
        }
    }

    private void activate(Member member, String token, String id, Phone phone) {
        boolean again = true;
        for (int i = 0; i < TRIES && again; i++) {
            Map<String, Object> first =
                    Map.of("method", "TOTP", "enrollment_id", id, "code", phone.codeAt(phone.currentStep()));
            again = sessions.call(
                            DeedKind.ACTIVATE,
                            member,
                            List.of("beginning of factor " + id),
                            traced -> traced.call("POST", token, "verify", first))
                    .unknown();
        }
    }

    private void remove(Member member, String token, String id) {
        boolean again = true;
        for (int i = 0; i < TRIES && again; i++) {
            again = sessions.call(
                            DeedKind.REMOVE,
                            member,
                            List.of("end of factor " + id),
                            traced -> traced.call("DELETE", token, "enrollments/" + id, Map.of()))
                    .unknown();
        }
    }
}
