package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;

/**
 * How a screen was opened once.
 *
 * @param whole milliseconds from the navigation, or from the click, until what it is for is there
 * @param first the same until anything of ours stands in it
 * @param page the same from the beginning of the console's last document: before it, Keycloak asks who is there
 * @param asked until the last answer of ours
 * @param requests how often we were asked
 * @param bytes what we answered in all
 * @param greatest the greatest answer
 * @param from whose it was
 * @param rows rows of tables and lists
 * @param elsewhere requests to any other host
 */
record Opened(
        long whole,
        long first,
        long page,
        long asked,
        int requests,
        long bytes,
        long greatest,
        String from,
        int rows,
        int elsewhere) {

    /** By its address, at this time. */
    static Opened since(long begun, JsonNode seen) {
        long before = Math.round(seen.path("origin").asDouble() - begun);
        return of(before, Math.round(seen.path("there").asDouble()), 0, seen);
    }

    static Opened sinceClick(JsonNode seen) {
        double clicked = seen.path("clicked").asDouble();
        return of(0, Math.round(seen.path("there").asDouble() - clicked), Math.round(clicked), seen);
    }

    private static Opened of(long before, long page, long clicked, JsonNode seen) {
        JsonNode first = seen.path("first");
        return new Opened(
                before + page,
                first.isNumber() ? before + Math.round(first.asDouble()) - clicked : before + page,
                page,
                before + Math.round(seen.path("last").asDouble()) - clicked,
                seen.path("requests").asInt(),
                seen.path("bytes").asLong(),
                seen.path("greatest").asLong(),
                seen.path("from").asText(),
                seen.path("rows").asInt(),
                seen.path("elsewhere").asInt());
    }

    /** The one in the middle, by the time until it was there. */
    static Opened median(List<Opened> times) {
        return times.stream()
                .sorted(Comparator.comparingLong(Opened::whole))
                .toList()
                .get(times.size() / 2);
    }

    @Override
    public String toString() {
        return "%,d ms (anything %,d, of the last document %,d, all answers %,d); %d requests, %,d bytes, greatest %,d of %s; %d rows, %d requests elsewhere"
                .formatted(whole, first, page, asked, requests, bytes, greatest, from, rows, elsewhere);
    }
}
