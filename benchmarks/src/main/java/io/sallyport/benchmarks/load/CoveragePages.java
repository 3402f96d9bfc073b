package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.Json;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Pages of the lists about coverage, from all depths of them in turn. */
record CoveragePages(CoverageCalls calls) {

    private static final int PAGES = 1_400;
    /** The server compiles itself meanwhile. */
    private static final int WARM_UP = 1_000;

    void measure(String state) throws Exception {
        Latencies took = new Latencies();
        int users = 0;
        for (int i = 0; i < PAGES; i++) {
            HttpRequest request = calls.request("/users?state=" + state + (i == 0 ? "" : "&after=" + depth(i)));
            long begun = System.nanoTime();
            String body = calls.get(request);
            long nanos = System.nanoTime() - begun;
            if (i >= WARM_UP) {
                took.add(nanos, true);
                JsonNode page = Json.read(body);
                users += page.path("users").size();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "pages of %s: p50 %.1f ms, p95 %.1f ms, max %.1f ms, %.0f users each%n",
                state,
                took.percentile(0.5),
                took.percentile(0.95),
                took.percentile(1),
                (double) users / took.size());
    }

    /** Usernames are evenly spread. */
    private static String depth(int page) {
        String name = "u" + Integer.toHexString(0x1000 + page * 0x6ab % 0xf000) + "0";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }
}
