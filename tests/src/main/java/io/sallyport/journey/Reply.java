package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the server answered.
 *
 * @param request method and address of the request, for messages
 * @param uri the address that answered
 */
public record Reply(String request, URI uri, int status, HttpHeaders headers, String body) {

    /** The body, which must be JSON. */
    public JsonNode json() {
        return Json.read(body);
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Where a redirect leads. */
    public Optional<URI> location() {
        return header("Location").map(uri::resolve);
    }

    /** This reply if its status is one of these; else the journey ends here. */
    public Reply expect(int... wanted) {
        if (Arrays.stream(wanted).noneMatch(one -> one == status)) {
            throw new Unexpected(request, status + " " + body, Arrays.toString(wanted));
        }
        return this;
    }
}
