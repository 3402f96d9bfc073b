package io.sallyport.factor.sms;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.Config;

/**
 * How to reach Twilio, from {@code --spi-mfa-sms--twilio--…}.
 *
 * @param accountSid the account
 * @param user account or API key
 * @param secret auth token or secret of the API key
 * @param signingToken auth token, which signs calls to us; absent if only an API key is known
 * @param origin phone number, sender id, messaging service or Verify service; the first two letters tell
 * @param region region of the account's data; absent for Twilio's default
 * @param edge where calls enter Twilio's network; absent for Twilio's default
 * @param baseUrl address to call in place of Twilio's own
 * @param callbackUrl our public address, as Twilio calls it; absent for no calls
 */
record TwilioSettings(
        String accountSid,
        String user,
        String secret,
        Optional<String> signingToken,
        String origin,
        Optional<String> region,
        Optional<String> edge,
        Optional<URI> baseUrl,
        Optional<URI> callbackUrl) {

    private static final String PREFIX = "spi-mfa-sms--twilio--";
    private static final String HEX = "[0-9a-fA-F]{32}";
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,20}");
    private static final Pattern SENDER = Pattern.compile("\\+[1-9][0-9]{6,14}|[A-Za-z0-9 ]{1,11}");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.0\\.0\\.1|\\[::1]");
    private static final List<String> KEYS = List.of(
            "account-sid",
            "auth-token",
            "api-key",
            "api-secret",
            "from",
            "messaging-service-sid",
            "verify-service-sid",
            "region",
            "edge",
            "base-url",
            "callback-url");

    /**
     * The settings; empty if nothing is set.
     *
     * @throws IllegalStateException naming every key that won't do
     */
    static Optional<TwilioSettings> from(Config.Scope scope) {
        Reader reader = new Reader(scope, new ArrayList<>());
        if (KEYS.stream().allMatch(key -> reader.text(key).isEmpty())) {
            return Optional.empty();
        }
        TwilioSettings settings = reader.read();
        if (!reader.problems().isEmpty()) {
            throw new IllegalStateException(String.join("; ", reader.problems()));
        }
        return Optional.of(settings);
    }

    /** Whether Twilio writes the text, around our code. */
    boolean verifies() {
        return origin.startsWith("VA");
    }

    @Override
    public String toString() {
        return "***";
    }

    private record Reader(Config.Scope scope, List<String> problems) {

        TwilioSettings read() {
            String account = need("account-sid", "AC" + HEX, "AC and 32 hexadecimal digits");
            Optional<String> token = secret("auth-token");
            Optional<String> key = matching("api-key", Pattern.compile("SK" + HEX), "SK and 32 hexadecimal digits");
            Optional<String> keySecret = secret("api-secret");
            if (key.isPresent() != keySecret.isPresent()) {
                problems.add(PREFIX + "api-key and api-secret belong together");
            } else if (key.isEmpty() && token.isEmpty()) {
                problems.add(PREFIX + "auth-token or api-key is missing");
            }
            Optional<URI> callback = https("callback-url");
            if (callback.isPresent() && token.isEmpty()) {
                problems.add(PREFIX + "auth-token is missing: it signs the calls to callback-url");
            }
            return new TwilioSettings(
                    account,
                    key.orElse(account),
                    keySecret.or(() -> token).orElse(""),
                    token,
                    origin(),
                    matching("region", NAME, "a name such as ie1"),
                    matching("edge", NAME, "a name such as dublin"),
                    https("base-url"),
                    callback);
        }

        private String origin() {
            List<String> origins = new ArrayList<>();
            matching("from", SENDER, "+E.164 or a sender id").ifPresent(origins::add);
            matching("messaging-service-sid", Pattern.compile("MG" + HEX), "MG and 32 hexadecimal digits")
                    .ifPresent(origins::add);
            matching("verify-service-sid", Pattern.compile("VA" + HEX), "VA and 32 hexadecimal digits")
                    .ifPresent(origins::add);
            if (origins.size() != 1) {
                problems.add(PREFIX + "from, messaging-service-sid, verify-service-sid: " + origins.size()
                        + " are set, want one");
                return "";
            }
            return origins.get(0);
        }

        Optional<String> text(String key) {
            return Optional.ofNullable(scope.get(key)).map(String::strip).filter(text -> !text.isEmpty());
        }

        private Optional<String> secret(String key) {
            return text(key);
        }

        private String need(String key, String pattern, String wanted) {
            if (text(key).isEmpty()) {
                problems.add(PREFIX + key + " is missing, want " + wanted);
            }
            return matching(key, Pattern.compile(pattern), wanted).orElse("");
        }

        private Optional<String> matching(String key, Pattern pattern, String wanted) {
            Optional<String> text = text(key);
            if (text.isPresent() && !pattern.matcher(text.get()).matches()) {
                problems.add(PREFIX + key + " is malformed, want " + wanted);
                return Optional.empty();
            }
            return text;
        }

        /** Credentials travel encrypted, or not at all; a stub of a test is on the same machine. */
        private Optional<URI> https(String key) {
            return matching(
                            key,
                            Pattern.compile("https://[^/?#@\\s]+/?|http://(" + LOOPBACK + ")(:[0-9]{1,5})?/?"),
                            "https://host, without a path")
                    .map(text -> URI.create(text.replaceAll("/$", "")));
        }
    }
}
