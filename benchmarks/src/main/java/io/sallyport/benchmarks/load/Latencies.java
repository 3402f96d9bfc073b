package io.sallyport.benchmarks.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How long requests took; one that failed is counted apart. */
final class Latencies {

    private final List<Long> nanos = new ArrayList<>();
    private int errors;

    static Latencies all(Collection<Latencies> parts) {
        Latencies all = new Latencies();
        for (Latencies part : parts) {
            all.nanos.addAll(part.nanos);
            all.errors += part.errors;
        }
        return all;
    }

    synchronized boolean add(long took, boolean succeeded) {
        nanos.add(took);
        errors += succeeded ? 0 : 1;
        return succeeded;
    }

    synchronized int errors() {
        return errors;
    }

    synchronized int size() {
        return nanos.size();
    }

    /** In milliseconds. */
    synchronized double mean() {
        return nanos.stream().mapToLong(took -> took).average().orElse(0) / 1e6;
    }

    /** In milliseconds; of all of them, the failed ones too. */
    synchronized double percentile(double share) {
        List<Long> sorted = nanos.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, rank - 1)) / 1e6;
    }
}
