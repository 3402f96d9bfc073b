package io.sallyport.admin;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which dead letters are to be delivered again, and why.
 *
 * @param events ids of events; empty for all that there are
 */
record ResendRequest(String reason, Set<String> events) {

    private static final int MOST = 500;

    ResendRequest {
        events = Set.copyOf(events);
    }

    /**
     * The request of this text.
     *
     * @throws io.sallyport.json.InvalidRequest naming every problem
     */
    static ResendRequest parse(String json) {
        RequestBody body = RequestBody.parse(json, List.of("reason", "events"));
        Optional<String> reason = body.reason();
        if (!body.has("reason")) {
            body.problem("$.reason: is missing");
        }
        Set<String> events =
                body.plainField("events").map(given -> ids(body, given)).orElseGet(Set::of);
        body.check();
        return new ResendRequest(reason.orElse(""), events);
    }

    private static Set<String> ids(RequestBody body, Object given) {
        Set<String> ids = new TreeSet<>();
        List<?> list = given instanceof List<?> many ? many : List.of();
        if (list.isEmpty() || list.size() > MOST) {
            body.problem("$.events: want a list of 1 to " + MOST + " ids of events");
        }
        for (Object one : list) {
            if (!(one instanceof String id) || !id.matches("[0-9a-f-]{36}") || !ids.add(id)) {
                body.problem("$.events: want ids of events, each of them once");
            }
        }
        return ids;
    }
}
