package io.sallyport.verify;

import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * Exactly these rules in exactly these versions: what is bound to them is void after any change of what decides.
 *
 * @param digest SHA-256 of their ids and versions, whatever their order
 */
record DecidingRules(String digest) {

    static DecidingRules of(PolicyDecision decision) {
        String text =
                decision.reasons().stream().map(DecidingRules::text).sorted().collect(Collectors.joining(" "));
        return new DecidingRules(HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    private static String text(Reason reason) {
        String rule = reason.rule().orElse("");
        return rule.length() + ":" + rule + ":" + reason.version();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
