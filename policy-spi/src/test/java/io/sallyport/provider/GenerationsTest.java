package io.sallyport.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

final class GenerationsTest {

    private final Set<Object> hanging = ConcurrentHashMap.newKeySet();
    private final Generations<Object> generations = new Generations<>(Object::new, one -> !hanging.contains(one));

    @Test
    void oneTargetHasOne() {
        assertThat(generations.of("a")).isSameAs(generations.of("a"));
    }

    @Test
    void anotherTargetHasAnotherOneAlsoWhileTheFirstHangs() {
        Object first = hung("a");

        assertThat(generations.of("b")).isNotSameAs(first);
        assertThat(generations.of("a")).as("who comes back finds what hangs").isSameAs(first);
    }

    @Test
    void whatDoesNotHangIsForgottenAtTheNextTarget() {
        generations.of("a");
        Object second = generations.of("b");

        assertThat(generations.all()).containsExactly(second);
    }

    @Test
    void soManyHangAndNoMore() {
        Object first = hung("0");
        for (int target = 1; target < Generations.MOST; target++) {
            hung("" + target);
        }

        assertThat(generations.of("one more")).isSameAs(first);
        hanging.remove(first);
        assertThat(generations.of("one more")).isNotSameAs(first);
        assertThat(generations.all()).hasSize(Generations.MOST);
    }

    private Object hung(String target) {
        Object one = generations.of(target);
        hanging.add(one);
        return one;
    }
}
