package io.sallyport.benchmarks;

import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.RuleIndex;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The index made anew from all rules, and after a change of one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Rebuild {

    @Param
    public Mix mix = Mix.EVERYTHING;

    @Param("100000")
    public int rules;

    private List<PolicyRule> all = List.of();
    private RuleIndex index = RuleIndex.of(all);

    @Setup
    public void prepare() {
        all = mix.rules(rules);
        index = RuleIndex.of(all);
    }

    @Benchmark
    public RuleIndex all() {
        return RuleIndex.of(all);
    }

    @Benchmark
    public RuleIndex one() {
        return index.with(all.subList(rules / 2, rules / 2 + 1), Set.of());
    }
}
