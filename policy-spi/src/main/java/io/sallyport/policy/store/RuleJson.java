package io.sallyport.policy.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.policy.address.StrictAddresses;
import io.sallyport.policy.rules.Directory;
import io.sallyport.policy.rules.InvalidPolicy;
import io.sallyport.policy.rules.PolicyDocument;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.RuleWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A rule as the text of a column. */
final class RuleJson {

    static final int MAX_LENGTH = 4000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Directory IDS = Directory.ofIds(StrictAddresses::network);

    private RuleJson() {}

    /**
     * The text of a rule.
     *
     * @throws InvalidPolicy if it is longer than the column
     */
    static String write(PolicyRule rule) {
        try {
            String document = JSON.writeValueAsString(RuleWriter.write(rule));
            if (document.length() > MAX_LENGTH) {
                throw new InvalidPolicy(List.of("rule " + rule.id() + ": has " + document.length()
                        + " characters as JSON, want at most " + MAX_LENGTH));
            }
            return document;
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts are always JSON", impossible);
        }
    }

    /**
     * The rule of a text.
     *
     * @throws UnreadableRule if it is none
     */
    static PolicyRule read(String id, String document) {
        try {
            Map<?, ?> rule = JSON.readValue(document, Map.class);
            return PolicyDocument.parse(Map.of("rules", List.of(rule)), IDS).get(0);
        } catch (JsonProcessingException | IllegalArgumentException broken) {
            throw new UnreadableRule(id, broken);
        }
    }

    /** A text as it stands in a rule's text. */
    static String inside(String text) {
        try {
            String quoted = JSON.writeValueAsString(text);
            return quoted.substring(1, quoted.length() - 1);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a text is always JSON", impossible);
        }
    }

    /** The same for two rules of the same scope and conditions. */
    static String hash(PolicyRule rule) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(rule.identity().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
