package io.sallyport.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the sides did in each round; the first of them is what the others are compared with. */
final class Report {

    private final List<Side> sides;
    private final Map<Side, List<Latencies>> rounds = new LinkedHashMap<>();
    private final Map<Side, Duration> processor = new LinkedHashMap<>();
    private final Map<Side, Map<String, Long>> statements = new LinkedHashMap<>();

    Report(List<Side> sides) {
        this.sides = sides;
        sides.forEach(side -> rounds.put(side, new ArrayList<>()));
    }

    /** All sides in turn. */
    void round(OpenLoop load, boolean counts) throws Exception {
        for (Side side : sides) {
            side.prepare();
            side.server().statements().reset();
            Duration before = side.server().processorTime();
            Latencies latencies = load.run(side);
            Duration used = side.server().processorTime().minus(before);
            say("%-20s %s", side.name(), line(latencies) + (counts ? "" : "  (not counted)"));
            if (counts) {
                of(side).add(latencies);
                statements.put(side, side.server().statements().each());
                processor.merge(side, used, Duration::plus);
            }
        }
    }

    void print() {
        boolean each = Boolean.getBoolean("statements");
        for (Side side : sides) {
            double requests = of(side).get(0).size();
            Map<String, Long> counted = statements.getOrDefault(side, Map.of());
            say("%n%-20s %s", side.name(), line(Latencies.all(of(side))));
            say(
                    "  medians of %d rounds: p50 %.1f  p95 %.1f  p99 %.1f ms;  times %s, round by round: p50 %.2f  p95 %.2f  p99 %.2f",
                    of(side).size(),
                    median(side, round -> round.percentile(0.5)),
                    median(side, round -> round.percentile(0.95)),
                    median(side, round -> round.percentile(0.99)),
                    sides.get(0).name(),
                    ratio(side, 0.5),
                    ratio(side, 0.95),
                    ratio(side, 0.99));
            say(
                    "  %.1f statements and %.2f ms of processor time a request",
                    counted.values().stream().mapToLong(n -> n).sum() / requests,
                    processor.getOrDefault(side, Duration.ZERO).toMillis() / requests / of(side).size());
            if (each) {
                counted.forEach((sql, n) -> say("%8.2f  %s", n / requests, sql.replaceAll("\\s+", " ")));
            }
        }
    }

    private double ratio(Side side, double share) {
        List<Latencies> stock = of(sides.get(0));
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < stock.size(); i++) {
            ratios.add(of(side).get(i).percentile(share) / stock.get(i).percentile(share));
        }
        return median(ratios);
    }

    private double median(Side side, ToDoubleFunction<Latencies> of) {
        return median(of(side).stream().map(of::applyAsDouble).toList());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private List<Latencies> of(Side side) {
        return rounds.getOrDefault(side, List.of());
    }

    private static String line(Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "%d requests, %d errors: p50 %.1f  p95 %.1f  p99 %.1f  max %.1f ms",
                latencies.size(),
                latencies.errors(),
                latencies.percentile(0.5),
                latencies.percentile(0.95),
                latencies.percentile(0.99),
                latencies.percentile(1));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
