package io.sallyport.policy.rules;

import io.sallyport.policy.Method;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.action.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes an action as the object of a document that {@link PolicyDocument} reads. */
public final class ActionWriter {

    private ActionWriter() {}

    /** The action as maps, lists and scalars. */
    public static Map<String, Object> write(Action action) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", action.type());
        object.put("description", action.description().toString());
        if (!action.translations().isEmpty()) {
            Map<String, Object> translations = new TreeMap<>();
            action.translations().forEach((language, text) -> translations.put(language, text.toString()));
            object.put("translations", translations);
        }
        object.put("fields", action.fields().stream().map(ActionWriter::field).toList());
        object.put("strength", action.strength().name());
        action.methods()
                .ifPresent(methods -> object.put(
                        "methods", methods.stream().map(Method::name).sorted().toList()));
        action.maxAge().ifPresent(age -> object.put("max_age", Math.toIntExact(age.toSeconds())));
        action.ttl().ifPresent(ttl -> object.put("ttl", Math.toIntExact(ttl.toSeconds())));
        object.put("version", Math.toIntExact(action.version()));
        return object;
    }

    private static Map<String, Object> field(Field field) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", field.name());
        object.put("kind", field.kind().name());
        object.put("required", field.required());
        object.put("shown", field.shown());
        return object;
    }
}
