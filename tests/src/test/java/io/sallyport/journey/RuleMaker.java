package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes a rule for one of its members, changes it and deletes it; what it finds in its way goes first. */
final class RuleMaker implements Load {

    private static final String REASON = "reason=a+storm";

    private final Sender sender;
    private final List<Member> members;
    private final List<MfaRealm> nodes;
    private final Random random = new Random();

    RuleMaker(Sender sender, List<MfaRealm> nodes, List<Member> members) {
        this.sender = sender;
        this.nodes = nodes;
        this.members = members;
    }

    @Override
    public void once() {
        Member member = members.get(random.nextInt(members.size()));
        Map<String, Object> rule = Map.of("required", true, "scope", Map.of("user", member.username()));
        Seen made = sender.send(DeedKind.MAKE_RULE, member, traced -> traced.admin("POST", "policies?" + REASON, rule));
        if (made.done()) {
            JsonNode now = changed(member, made.json());
            if (random.nextInt(10) > 0) {
                delete(member, now.path("id").asText());
            }
        } else if (!made.unknown()) {
            // one that an answer was lost of
            left(member).forEach(id -> delete(member, id));
        }
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(200);
    }

    private JsonNode changed(Member member, JsonNode rule) {
        ObjectNode other = rule.deepCopy();
        other.put("name", "changed");
        other.remove("warnings");
        Seen seen = sender.send(
                DeedKind.CHANGE_RULE,
                member,
                traced -> traced.admin("PUT", "policies/" + rule.path("id").asText() + "?" + REASON, other));
        return seen.done() ? seen.json() : rule;
    }

    private void delete(Member member, String id) {
        sender.send(
                DeedKind.DELETE_RULE,
                member,
                List.of("end of rule " + id),
                traced -> traced.admin("DELETE", "policies/" + id + "?" + REASON, Map.of()));
    }

    private List<String> left(Member member) {
        List<String> ids = new ArrayList<>();
        try {
            Policies.of(nodes.get(random.nextInt(nodes.size())))
                    .list("?level=USER&user=" + member.username())
                    .path("policies")
                    .forEach(rule -> ids.add(rule.path("id").asText()));
        } catch (UncheckedIOException | Unexpected down) {
            // then he finds it the next time
        }
        return ids;
    }
}
