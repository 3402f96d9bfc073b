package io.sallyport.factor;

import io.sallyport.crypto.CanonicalJson;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.action.Description;
import io.sallyport.policy.action.Details;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one approval is for: what is shown, signed and bound all come from here.
 *
 * @param action the action, in the version that was asked for
 * @param details its details
 * @param user id of the user
 * @param client {@code client_id} of the application
 * @param session id of the session
 * @param tenants ids of the organizations that count, sorted
 */
public record Transaction(
        Action action, Details details, String user, String client, String session, List<String> tenants) {

    public Transaction {
        tenants = List.copyOf(tenants);
    }

    /** The details in their one spelling. */
    public String canonicalDetails() {
        return CanonicalJson.of(details.values()).toString();
    }

    /** The hash of this transaction in the challenge of this id: base64url of SHA-256 over RFC 8785 JSON. */
    public String hash(String challengeId) {
        return CanonicalJson.of(Map.of(
                        "action", action.type(),
                        "challenge", challengeId,
                        "client", client,
                        "details", details.values(),
                        "session", session,
                        "tenants", tenants,
                        "user", user))
                .sha256();
    }

    /** The sentence that people approve, in their language. */
    public String sentence(Locale locale) {
        return description(locale).about(details);
    }

    /** The same for where nothing else can be shown: with each detail that people must see and the sentence leaves out. */
    public String text(Locale locale) {
        Set<String> said = description(locale).placeholders();
        String more = details.shown().keySet().stream()
                .filter(detail -> !said.contains(detail))
                .map(detail -> detail + ": " + details.told(detail))
                .collect(Collectors.joining(", "));
        return more.isEmpty() ? sentence(locale) : sentence(locale) + " (" + more + ")";
    }

    private Description description(Locale locale) {
        return action.translations().containsKey(locale.toLanguageTag())
                ? action.description(locale.toLanguageTag())
                : action.description(locale.getLanguage());
    }
}
