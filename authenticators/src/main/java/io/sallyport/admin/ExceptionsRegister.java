package io.sallyport.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.store.PolicyPast.PastRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every rule that took a requirement back at some time of a period: for whom, why, from when until when, and whose it was. A
 * rule that was changed is as many entries as it said different things.
 */
final class ExceptionsRegister {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Entry> entries = new ArrayList<>();

    /**
     * One exception.
     *
     * @param rule what it said, as it is stored
     * @param from when it began to say so; absent if that was before the period
     * @param until when it no longer said so; absent if that was after the period
     * @param actor who said so; absent if that was before the period, or the server itself
     * @param why as he put it
     */
    record Entry(
            String id,
            JsonNode rule,
            Optional<Instant> from,
            Optional<Instant> until,
            Optional<String> actor,
            Optional<String> why) {

        private Entry endedAt(Instant at) {
            return new Entry(id, rule, from, Optional.of(at), actor, why);
        }

        Map<String, Object> asMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("rule_id", id);
            map.put("name", rule.path("name").asText());
            map.put("scope", rule.path("scope").isMissingNode() ? "everybody" : rule.path("scope"));
            map.put("when", rule.path("when").isMissingNode() ? "always" : rule.path("when"));
            map.put("state", rule.path("state").asText());
            map.put("reason", rule.path("reason").asText());
            if (rule.path("owner").isTextual()) {
                map.put("owner", rule.path("owner").asText());
            }
            map.put("valid_from", rule.path("valid_from").asText());
            map.put("valid_until", rule.path("valid_until").asText());
            from.ifPresent(at -> map.put("from", at.toString()));
            until.ifPresent(at -> map.put("until", at.toString()));
            actor.ifPresent(id -> map.put("actor", id));
            why.ifPresent(text -> map.put("change_reason", text));
            return map;
        }
    }

    /** Those that stood when the period began. */
    ExceptionsRegister(Map<String, String> rulesBefore) {
        rulesBefore.forEach((id, rule) -> begin(id, rule, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /** Changes come in their order. */
    void changed(PastRule change) {
        entries.replaceAll(entry ->
                entry.id().equals(change.ruleId()) && entry.until().isEmpty() ? entry.endedAt(change.at()) : entry);
        change.after()
                .ifPresent(rule -> begin(
                        change.ruleId(), rule, Optional.of(change.at()), change.actor(), Optional.of(change.reason())));
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    private void begin(
            String id, String document, Optional<Instant> from, Optional<String> actor, Optional<String> why) {
        JsonNode rule = read(document);
        if (rule.path("required").isBoolean() && !rule.path("required").asBoolean()) {
            entries.add(new Entry(id, rule, from, Optional.empty(), actor, why));
        }
    }

    /** What can't be read requires MFA, so it is no exception. */
    private static JsonNode read(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException broken) {
            return JSON.missingNode();
        }
    }
}
