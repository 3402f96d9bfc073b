package io.sallyport.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.store.PolicyPast;
import io.sallyport.policy.store.PolicyPast.PastRule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of an evidence packet that tell what the policy was. */
final class EvidenceContents {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> EXCEPTION = List.of(
            "rule_id",
            "name",
            "scope",
            "when",
            "state",
            "reason",
            "owner",
            "valid_from",
            "valid_until",
            "from",
            "until",
            "actor",
            "change_reason");

    private final PolicyPast past;
    private final Period period;

    EvidenceContents(PolicyPast past, Period period) {
        this.past = past;
        this.period = period;
    }

    /** Rules and actions as they were at the end of the period. */
    void policy(OutputStream to) throws IOException {
        Map<String, Object> policy = new LinkedHashMap<>();
        policy.put("at", period.last().toString());
        policy.put(
                "rules",
                past.rulesAt(period.last()).values().stream()
                        .map(EvidenceContents::rule)
                        .toList());
        policy.put(
                "actions",
                past.actionsAt(period.last()).stream().map(ActionView::of).toList());
        json(to, policy);
    }

    /** Every change of a rule in the period, a line each: who, when, why, from what, to what. */
    void ruleChanges(OutputStream to) {
        JsonLines lines = new JsonLines(to);
        past.changes(period.from(), period.last(), change -> lines.write(line(change)));
    }

    /** Every change of an action in the period, a line each. */
    void actionChanges(OutputStream to) {
        JsonLines lines = new JsonLines(to);
        past.actionChanges(period.from(), period.last()).forEach(change -> {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("type", change.type());
            line.putAll(ActionView.past(change));
            lines.write(line);
        });
    }

    /** Every rule that took a requirement back at some time of the period. */
    void exceptions(OutputStream to) {
        ExceptionsRegister register =
                new ExceptionsRegister(past.rulesAt(period.from().minusMillis(1)));
        past.changes(period.from(), period.last(), register::changed);
        CsvLines lines = new CsvLines(to);
        lines.write(EXCEPTION);
        Map<String, String> makers = past.makers(
                register.entries().stream().map(ExceptionsRegister.Entry::id).collect(Collectors.toSet()));
        for (ExceptionsRegister.Entry entry : register.entries()) {
            Map<String, Object> cells = entry.asMap();
            cells.putIfAbsent("owner", makers.getOrDefault(entry.id(), ""));
            lines.write(EXCEPTION.stream()
                    .map(name -> String.valueOf(cells.getOrDefault(name, "")))
                    .toList());
        }
    }

    /** A file that holds one JSON object. */
    static void json(OutputStream to, Map<String, Object> content) throws IOException {
        to.write(JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content));
    }

    static void write(OutputStream to, String text) {
        try {
            to.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** As an object; as the text that is stored if that is none. */
    private static Object rule(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException broken) {
            return document;
        }
    }

    private static Map<String, Object> line(PastRule change) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("revision", change.revision());
        line.put("rule_id", change.ruleId());
        line.put("version", change.version());
        line.put("at", change.at().toString());
        change.actor().ifPresent(id -> line.put("actor", id));
        line.put("reason", change.reason());
        Stream.of(Map.entry("before", change.before()), Map.entry("after", change.after()))
                .forEach(side -> side.getValue().ifPresent(rule -> line.put(side.getKey(), rule(rule))));
        return line;
    }
}
