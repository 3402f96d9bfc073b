package io.sallyport.provider;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What browsers take for an RP ID and an origin: in lower case, without path, and with no port that goes without saying. */
final class WebAuthnNames {

    private static final int MAX_DOMAIN = 253;
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern ORIGIN = Pattern.compile(
            "(https://(?<host>[^:/]+)(:(?!443$)[1-9][0-9]{0,4})?|http://localhost(:(?!80$)[1-9][0-9]{0,4})?)");

    private WebAuthnNames() {}

    static Optional<String> rpId(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!isDomain(text)) {
            throw new IllegalArgumentException("a domain in lower case");
        }
        return Optional.of(text);
    }

    static List<String> origins(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> origins =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (!origins.stream().allMatch(WebAuthnNames::isOrigin)) {
            throw new IllegalArgumentException(
                    "origins such as https://login.example.org, without path, separated by commas");
        }
        return origins;
    }

    private static boolean isOrigin(String text) {
        var matcher = ORIGIN.matcher(text);
        return matcher.matches() && (matcher.group("host") == null || isDomain(matcher.group("host")));
    }

    private static boolean isDomain(String text) {
        return text.length() <= MAX_DOMAIN && DOMAIN.matcher(text).matches();
    }
}
