package io.sallyport.journey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the newest pages of the trail, and writes down what they say. */
final class PageReader implements Load {

    private static final int PAGES = 4;

    private final Sender sender;
    private final Book book;

    PageReader(Sender sender, Book book) {
        this.sender = sender;
        this.book = book;
    }

    @Override
    public void once() {
        List<TrailRow> rows = new ArrayList<>();
        String next = "";
        for (int i = 0; i < PAGES; i++) {
            String cursor = next.isEmpty() ? "" : "&cursor=" + next;
            Seen seen = sender.send(DeedKind.READ, traced -> traced.admin("GET", "audit?max=100" + cursor, Map.of()));
            seen.json().path("rows").forEach(row -> rows.add(TrailRow.read(row)));
            next = seen.text("next");
            if (next.isEmpty()) {
                break;
            }
        }
        book.read(rows);
    }

    @Override
    public Duration pause() {
        return Duration.ofMillis(500);
    }
}
