package io.sallyport.benchmarks;

import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.rules.Resolution;
import io.sallyport.policy.rules.RuleIndex;
import java.util.List;
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

/** What the rules about more than one user say about a sign-in. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Resolve {

    @Param
    public Mix mix = Mix.EVERYTHING;

    @Param({"100", "10000", "100000"})
    public int rules;

    /** Different sign-ins that take turns: with thousands of them every rule comes from main memory. */
    @Param("16")
    public int people;

    private RuleIndex index = RuleIndex.of(List.of());
    private List<SignInFacts> signIns = List.of();
    private int next;

    @Setup
    public void prepare() {
        index = RuleIndex.of(mix.rules(rules));
        signIns = mix.signIns(rules, people);
    }

    @Benchmark
    public Resolution resolve() {
        next = (next + 1) % people;
        return index.resolve(signIns.get(next), List.of());
    }
}
