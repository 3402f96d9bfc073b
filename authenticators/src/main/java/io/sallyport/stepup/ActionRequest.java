package io.sallyport.stepup;

import io.sallyport.form.Actions;
import io.sallyport.policy.action.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The action that an authorization request asks to be approved, read strictly: what is only half said is refused.
 *
 * @param type the type of the action
 * @param details the details as they were sent; absent if none were
 * @param challenge id of the challenge that holds them instead; absent if there is none
 */
record ActionRequest(String type, Optional<String> details, Optional<String> challenge) {

    static final String ACTION = "mfa_action";
    static final String DETAILS = "mfa_details";
    static final String CHALLENGE = "mfa_challenge";
    /** The parameters of ours. */
    static final List<String> PARAMETERS = List.of(ACTION, DETAILS, CHALLENGE);

    private static final int MAX_DETAILS = 2_000;
    private static final int MAX_CHALLENGE = 64;
    private static final String SEPARATOR = ":";

    /**
     * Reads the parameters of a request.
     *
     * @param parameters those of ours that it has
     * @param kcAction the value of {@code kc_action}, whole: Keycloak 26.7 itself drops what follows a second colon
     * @return empty if the request has nothing to do with an action
     * @throws InvalidActionRequest saying what is wrong
     */
    static Optional<ActionRequest> of(Map<String, String> parameters, Optional<String> kcAction) {
        Optional<String> alias = alias(kcAction);
        if (alias.isEmpty() && parameters.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> named = Optional.ofNullable(parameters.get(ACTION));
        if (named.isPresent() && kcAction.isPresent() && !named.equals(alias)) {
            throw new InvalidActionRequest(ACTION + " and kc_action ask for different things");
        }
        String type = named.or(() -> alias).orElseThrow(() -> new InvalidActionRequest(ACTION + " is missing"));
        if (!Action.isType(type)) {
            throw new InvalidActionRequest(ACTION + " names no action");
        }
        Optional<String> details = value(parameters, DETAILS, MAX_DETAILS);
        Optional<String> challenge = value(parameters, CHALLENGE, MAX_CHALLENGE);
        if (details.isPresent() && challenge.isPresent()) {
            throw new InvalidActionRequest(DETAILS + " and " + CHALLENGE + " exclude each other");
        }
        return Optional.of(new ActionRequest(type, details, challenge));
    }

    /** Whether it is the alias, with an action or without. */
    static boolean isAlias(String kcAction) {
        return kcAction.split(SEPARATOR, -1)[0].equals(Actions.APPROVE);
    }

    /** The type in {@code mfa-approve:<type>}; without a type it names no action. */
    private static Optional<String> alias(Optional<String> kcAction) {
        return kcAction.filter(ActionRequest::isAlias)
                .map(value -> value.substring(Math.min(value.length(), Actions.APPROVE.length() + 1)));
    }

    private static Optional<String> value(Map<String, String> parameters, String name, int maxLength) {
        Optional<String> value = Optional.ofNullable(parameters.get(name));
        if (value.filter(text -> text.isBlank() || text.length() > maxLength).isPresent()) {
            throw new InvalidActionRequest(name + " wants 1 to " + maxLength + " characters");
        }
        return value;
    }
}
