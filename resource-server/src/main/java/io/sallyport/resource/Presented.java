package io.sallyport.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one token that a request carries, in the one place where it may stand.
 *
 * @param bound whether it came as a DPoP token and not as a bearer token
 */
record Presented(String token, boolean bound) {

    private static final int MAX_LENGTH = 16_384;
    /** RFC 7515 §7.1: a signed token is three parts; an unsigned one has no third, an encrypted one has five. */
    private static final Pattern CREDENTIALS =
            Pattern.compile("(bearer|dpop) +([\\w-]+\\.[\\w-]+\\.[\\w-]+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_QUERY = Pattern.compile("(^|&)access_token(=|&|$)");

    static Presented in(Call call) throws NotApproved {
        if (hasTokenInQuery(call.query())) {
            // RFC 9700 §4.3.2: addresses end up in logs and histories
            throw new NotApproved(Refusal.Kind.INVALID_REQUEST, "a token in the query");
        }
        List<String> given = call.header("Authorization");
        if (given.size() > 1) {
            // RFC 6750 §2: no more than one method
            throw new NotApproved(Refusal.Kind.INVALID_REQUEST, "more than one Authorization header");
        }
        if (given.isEmpty()) {
            throw NotApproved.unauthenticated("no token");
        }
        Matcher credentials = CREDENTIALS.matcher(given.get(0));
        if (given.get(0).length() > MAX_LENGTH || !credentials.matches()) {
            throw NotApproved.unauthenticated("no signed token");
        }
        return new Presented(
                credentials.group(2),
                credentials.group(1).toLowerCase(Locale.ROOT).equals("dpop"));
    }

    private static boolean hasTokenInQuery(String query) throws NotApproved {
        try {
            return IN_QUERY.matcher(URLDecoder.decode(query, UTF_8)).find();
        } catch (IllegalArgumentException badEscape) {
            throw new NotApproved(Refusal.Kind.INVALID_REQUEST, "an unreadable query");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
