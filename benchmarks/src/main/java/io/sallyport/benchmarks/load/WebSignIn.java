package io.sallyport.benchmarks.load;

import io.sallyport.journey.Arrived;
import io.sallyport.journey.Http;
import io.sallyport.journey.OidcClient;
import io.sallyport.journey.Reply;
import io.sallyport.journey.SignIn;
import io.sallyport.journey.Tokens;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One sign-in by the pages, from the application and back to it with tokens: password, code if it is asked for. It reads no
 * more of a page than where to post, so that the machine is left to the server.
 */
final class WebSignIn {

    private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

    private final OidcClient client;
    private final SignIn signIn;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private Reply shown;

    WebSignIn(OidcClient client) {
        this.client = client;
        this.signIn = client.signIn();
        this.shown = Http.get(signIn.address(), Map.of()).expect(200);
        store(shown);
    }

    /** Types the password. */
    void password(String username, String password) {
        post(Map.of("username", username, "password", password));
    }

    /** Types the code, into whichever field this side's page has for it. */
    void code(String code) {
        post(Map.of(shown.body().contains("name=\"code\"") ? "code" : "otp", code));
    }

    /** Is back at the application, which gets its tokens. */
    Tokens tokens() {
        URI back = shown.location()
                .orElseThrow(() -> new IllegalStateException(shown.request() + ": no way back: " + shown.body()));
        return signIn.redeem(new Arrived(back)).tokens();
    }

    OidcClient client() {
        return client;
    }

    private void post(Map<String, String> fields) {
        Matcher form = ACTION.matcher(shown.body());
        if (!form.find()) {
            throw new IllegalStateException(shown.request() + ": no form: " + shown.body());
        }
        URI action = URI.create(form.group(1).replace("&amp;", "&"));
        Reply reply = Http.postForm(action, fields, headers());
        store(reply);
        while (reply.status() / 100 == 3 && reply.location().orElseThrow().getPort() == action.getPort()) {
            reply = Http.get(reply.location().orElseThrow(), headers());
            store(reply);
        }
        shown = reply.expect(200, 302, 303);
    }

    private Map<String, String> headers() {
        return Map.of(
                "Cookie",
                cookies.entrySet().stream()
                        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                        .collect(Collectors.joining("; ")));
    }

    private void store(Reply reply) {
        for (String line : reply.headers().allValues("Set-Cookie")) {
            String[] pair = line.split(";", 2)[0].split("=", 2);
            if (pair[1].isEmpty() || line.contains("Max-Age=0")) {
                cookies.remove(pair[0]);
            } else {
                cookies.put(pair[0], pair[1]);
            }
        }
    }
}
