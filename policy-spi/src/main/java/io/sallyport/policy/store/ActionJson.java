package io.sallyport.policy.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.rules.ActionWriter;
import io.sallyport.policy.rules.InvalidPolicy;
import io.sallyport.policy.rules.PolicyDocument;
import java.util.List;
import java.util.Map;

/** An action as the text of a column. */
final class ActionJson {

    private static final int MAX_LENGTH = 4000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ActionJson() {}

    /**
     * The text of an action.
     *
     * @throws InvalidPolicy if it is longer than the column
     */
    static String write(Action action) {
        try {
            String document = JSON.writeValueAsString(ActionWriter.write(action));
            if (document.length() > MAX_LENGTH) {
                throw new InvalidPolicy(List.of("action " + action.type() + ": has " + document.length()
                        + " characters as JSON, want at most " + MAX_LENGTH));
            }
            return document;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts are always JSON", impossible);
        }
    }

    /**
     * The action of a text.
     *
     * @throws UnreadableRule if it is none
     */
    static Action read(String type, String document) {
        try {
            return PolicyDocument.action(JSON.readValue(document, Map.class));
        } catch (JsonProcessingException | IllegalArgumentException broken) {
            throw new UnreadableRule(type, broken);
        }
    }
}
