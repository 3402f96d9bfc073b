package io.sallyport.journey;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One browser of one person: its cookies, its history, and the page it shows. Not for two threads at once. */
public final class Browser {

    private static final int MOST_REDIRECTS = 20;

    /** One request and its answer. */
    public record Visit(String method, URI uri, int status) {}

    private final CookieJar cookies = new CookieJar();
    private final List<Visit> history = new ArrayList<>();
    private final Map<String, String> headers;

    public Browser() {
        this(Map.of());
    }

    /** A browser that sends these headers with every request. */
    public Browser(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
    }

    /** Opens an address and follows its redirects. */
    public Page open(URI uri) {
        return follow("GET", Http.get(uri, headersFor(uri)));
    }

    /** Submits form fields to an address, whether or not a page with such a form was shown. */
    public Page submit(URI action, Map<String, String> fields) {
        return follow("POST", Http.postForm(action, fields, headersFor(action)));
    }

    /** Every request so far, oldest first. */
    public List<Visit> history() {
        return List.copyOf(history);
    }

    /** What a cookie of this name holds. */
    public Optional<String> cookie(String name) {
        return cookies.value(name);
    }

    /** Takes a cookie away, as whoever holds the browser can at any time. */
    public void forget(String name) {
        cookies.remove(name);
    }

    private Page follow(String method, Reply first) {
        Reply reply = first;
        remember(method, reply);
        for (int i = 0; i < MOST_REDIRECTS; i++) {
            Optional<URI> next = reply.status() / 100 == 3 ? reply.location() : Optional.empty();
            if (next.isEmpty()) {
                return Page.read(this, reply);
            }
            if (leaves(reply.uri(), next.get())) {
                return new Arrived(next.get());
            }
            reply = Http.get(next.get(), headersFor(next.get()));
            remember("GET", reply);
        }
        throw new Unexpected(first.request(), "more redirects", MOST_REDIRECTS + " at most");
    }

    /** An application is another origin than the server, or it is being given an answer (RFC 6749 §4.1.2: with state). */
    private static boolean leaves(URI server, URI next) {
        return !server.getAuthority().equals(next.getAuthority())
                || new Arrived(next).parameter("state").isPresent();
    }

    private void remember(String method, Reply reply) {
        history.add(new Visit(method, reply.uri(), reply.status()));
        cookies.store(reply.uri(), reply.headers().allValues("Set-Cookie"));
    }

    private Map<String, String> headersFor(URI uri) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Accept", "text/html");
        // what it was given at its beginning goes with what it got since
        cookies.headerFor(uri).ifPresent(cookie -> all.merge("Cookie", cookie, (given, got) -> given + "; " + got));
        return all;
    }
}
