package io.sallyport.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What four sides in turn did: stock, ours, stock again, ours again. */
final class TurnsReport {

    private TurnsReport() {}

    /** One round. */
    static String line(int clients, List<Latencies> sides) {
        return String.format(
                Locale.ROOT,
                "stock %.1f, %.1f  ours %.1f, %.1f a second;  p95 %.1f, %.1f  %.1f, %.1f ms",
                1000 * clients / sides.get(0).mean(),
                1000 * clients / sides.get(2).mean(),
                1000 * clients / sides.get(1).mean(),
                1000 * clients / sides.get(3).mean(),
                sides.get(0).percentile(0.95),
                sides.get(2).percentile(0.95),
                sides.get(1).percentile(0.95),
                sides.get(3).percentile(0.95));
    }

    /** All rounds, as ratios: of speed, where more is better, and of the 95th percentile, where less is. */
    static void print(int clients, List<List<Latencies>> rounds) {
        say("%n%d at a time, %d rounds:", clients, rounds.size());
        say(
                "  ours / stock, a second:        %s",
                spread(rounds, round -> stock(round).mean() / ours(round).mean()));
        say(
                "  stock again / stock, a second: %s",
                spread(rounds, round -> round.get(0).mean() / round.get(2).mean()));
        say(
                "  ours again / ours, a second:   %s",
                spread(rounds, round -> round.get(1).mean() / round.get(3).mean()));
        say(
                "  ours / stock, p95:             %s",
                spread(
                        rounds,
                        round -> ours(round).percentile(0.95) / stock(round).percentile(0.95)));
        say(
                "  all rounds together:           ours / stock %.3f, stock again / stock %.3f a second; p95 %.3f",
                all(rounds, 0, 2).mean() / all(rounds, 1, 3).mean(),
                all(rounds, 0).mean() / all(rounds, 2).mean(),
                all(rounds, 1, 3).percentile(0.95) / all(rounds, 0, 2).percentile(0.95));
    }

    private static Latencies stock(List<Latencies> round) {
        return Latencies.all(List.of(round.get(0), round.get(2)));
    }

    private static Latencies ours(List<Latencies> round) {
        return Latencies.all(List.of(round.get(1), round.get(3)));
    }

    private static Latencies all(List<List<Latencies>> rounds, int... sides) {
        return Latencies.all(rounds.stream()
                .flatMap(round -> Arrays.stream(sides).mapToObj(round::get))
                .toList());
    }

    private static String spread(List<List<Latencies>> rounds, ToDoubleFunction<List<Latencies>> of) {
        List<Double> ratios = rounds.stream().map(of::applyAsDouble).sorted().toList();
        int half = ratios.size() / 2;
        double median = ratios.size() % 2 == 1 ? ratios.get(half) : (ratios.get(half - 1) + ratios.get(half)) / 2;
        return String.format(
                Locale.ROOT, "median %.3f, from %.3f to %.3f", median, ratios.get(0), ratios.get(ratios.size() - 1));
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }
}
