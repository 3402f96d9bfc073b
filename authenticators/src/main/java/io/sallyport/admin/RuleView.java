package io.sallyport.admin;

import io.sallyport.policy.rules.PolicyChange;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.RuleWriter;
import io.sallyport.policy.store.PastChange;
import io.sallyport.policy.store.StoredRule;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rules as administrators see and write them: with the names of users, groups and organizations instead of ids. */
final class RuleView {

    private final KeycloakDirectory directory;
    private final People people;

    RuleView(KeycloakDirectory directory, People people) {
        this.directory = directory;
        this.people = people;
    }

    /** The rule as an object of a document. */
    Map<String, Object> of(PolicyRule rule) {
        Map<String, Object> view = RuleWriter.write(rule);
        if (view.get("scope") instanceof Map<?, ?> ids) {
            Map<String, Object> names = new LinkedHashMap<>();
            ids.forEach((kind, id) -> names.put(String.valueOf(kind), name(String.valueOf(kind), String.valueOf(id))));
            view.put("scope", names);
        }
        rule.owner().ifPresent(id -> view.put("owner", directory.username(id)));
        return view;
    }

    /** The same with its origin. */
    Map<String, Object> of(StoredRule stored) {
        Map<String, Object> view = of(stored.rule());
        stored.createdBy().ifPresent(id -> {
            view.put("created_by", id);
            people.nameOf(id).ifPresent(name -> view.put("created_by_name", name));
        });
        view.put("created_at", stored.createdAt().toString());
        view.put("changed_at", stored.rule().changedAt().toString());
        return view;
    }

    /** One change of a diff. */
    Map<String, Object> of(PolicyChange change) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", change.id());
        view.put("change", change.kind().name());
        change.before().ifPresent(rule -> view.put("before", of(rule)));
        change.after().ifPresent(rule -> view.put("after", of(rule)));
        return view;
    }

    /** One entry of the history. */
    Map<String, Object> of(PastChange past) {
        Map<String, Object> view = of(past.change());
        view.put("revision", past.revision());
        view.put("version", past.version());
        view.put("at", past.at().toString());
        past.actor().ifPresent(id -> {
            view.put("actor", id);
            people.nameOf(id).ifPresent(name -> view.put("actor_name", name));
        });
        view.put("reason", past.reason());
        return view;
    }

    private String name(String kind, String id) {
        return switch (kind) {
            case "user" -> directory.username(id);
            case "group" -> directory.groupPath(id);
            default -> directory.alias(id);
        };
    }
}
