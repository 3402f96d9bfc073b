package io.sallyport.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Plain requests, one at a time per thread; redirects are never followed here. */
public final class Http {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // Keycloak on a plain port: HTTP/2 would begin each connection with an upgrade it refuses.
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Certificates.context())
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Http() {}

    /** {@code GET} with these headers. */
    public static Reply get(URI uri, Map<String, String> headers) {
        return send(request(uri, headers).GET());
    }

    /** {@code POST} of form fields. */
    public static Reply postForm(URI uri, Map<String, String> fields, Map<String, String> headers) {
        return postForm(uri, Form.encode(fields), headers);
    }

    /** {@code POST} of a form that is encoded already, honestly or not. */
    public static Reply postForm(URI uri, String encoded, Map<String, String> headers) {
        return send(request(uri, headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded)));
    }

    /** A request of any method with a JSON body; the text goes out as it is. */
    public static Reply sendJson(String method, URI uri, String body, Map<String, String> headers) {
        return send(method, uri, "application/json", body, headers);
    }

    /** A request of any method with a body of this type. */
    public static Reply send(String method, URI uri, String type, String body, Map<String, String> headers) {
        return send(request(uri, headers).header("Content-Type", type).method(method, BodyPublishers.ofString(body)));
    }

    /** {@code DELETE}. */
    public static Reply delete(URI uri, Map<String, String> headers) {
        return send(request(uri, headers).DELETE());
    }

    private static HttpRequest.Builder request(URI uri, Map<String, String> headers) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        headers.forEach(builder::header);
        return builder;
    }

    private static Reply send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        String title = request.method() + " " + request.uri();
        try {
            HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
            return new Reply(title, request.uri(), response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(title, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(title + ": interrupted", e);
        }
    }
}
