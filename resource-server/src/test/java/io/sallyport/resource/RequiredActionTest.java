package io.sallyport.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An annotation that is written somewhere and not found would leave the action open. */
final class RequiredActionTest {

    @Test
    void theMethodsOwnWins() throws Exception {
        assertThat(RequiredAction.of(Runs.class, Runs.class.getDeclaredMethod("approve", String.class)))
                .contains("approve_run");
    }

    @Test
    void thatOfAContractHolds() throws Exception {
        assertThat(RequiredAction.of(Runs.class, Runs.class.getDeclaredMethod("export")))
                .contains("export_all_data");
    }

    @Test
    void thatOfAGenericContractHolds() {
        Method[] pays = Arrays.stream(Runs.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("pay"))
                .toArray(Method[]::new);

        assertThat(pays)
                .hasSize(2)
                .allSatisfy(
                        pay -> assertThat(RequiredAction.of(Runs.class, pay)).contains("pay_out"));
    }

    @Test
    void thatOfTheTypeHoldsForTheRest() throws Exception {
        assertThat(RequiredAction.of(Runs.class, Runs.class.getDeclaredMethod("list")))
                .contains("read_runs");
        assertThat(RequiredAction.of(Runs.class, Base.class.getDeclaredMethod("inherited")))
                .contains("read_runs");
    }

    @Test
    void noAnnotationIsNoAction() throws Exception {
        assertThat(RequiredAction.of(Base.class, Base.class.getDeclaredMethod("inherited")))
                .isEmpty();
    }

    interface Exports<T> {
        @RequiresMfa(action = "export_all_data")
        void export();

        @RequiresMfa(action = "pay_out")
        void pay(T what);
    }

    static class Base {
        void inherited() {}
    }

    @RequiresMfa(action = "read_runs")
    static final class Runs extends Base implements Exports<String> {
        @RequiresMfa(action = "approve_run")
        void approve(String id) {}

        @Override
        public void export() {}

        @Override
        public void pay(String what) {}

        void list() {}
    }
}
