package io.sallyport.admin;

import io.sallyport.policy.action.Action;
import io.sallyport.policy.rules.ActionWriter;
import io.sallyport.policy.store.ActionChange;
import io.sallyport.policy.store.StoredAction;
import java.util.LinkedHashMap;
import java.util.Map;

/** Actions as administrators see them. */
final class ActionView {

    private ActionView() {}

    /** An action in force, with its origin. */
    static Map<String, Object> of(StoredAction stored) {
        Map<String, Object> view = new LinkedHashMap<>(
                stored.action().map(ActionWriter::write).orElseGet(() -> Map.of("type", stored.type())));
        stored.changedBy().ifPresent(id -> view.put("changed_by", id));
        view.put("changed_at", stored.changedAt().toString());
        return view;
    }

    /** An action as it stands in the policy's document. */
    static Map<String, Object> of(Action action) {
        return ActionWriter.write(action);
    }

    /** One change of a diff. */
    static Map<String, Object> of(ActionChange change) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", change.type());
        change.before().ifPresent(action -> view.put("before", of(action)));
        change.after().ifPresent(action -> view.put("after", of(action)));
        return view;
    }

    /** One entry of the history. */
    static Map<String, Object> past(StoredAction stored) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("version", stored.version());
        view.put("at", stored.changedAt().toString());
        stored.changedBy().ifPresent(id -> view.put("actor", id));
        view.put("reason", stored.reason());
        stored.action().ifPresent(action -> view.put("after", of(action)));
        return view;
    }
}
