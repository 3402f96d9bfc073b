package io.sallyport.factor.sms;

import io.sallyport.verify.VerifyTables;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** A fresh H2 database with the tables of SMS, made by the changelog and checked against the entities. */
final class SmsTables implements AutoCloseable {

    private final VerifyTables tables;

    SmsTables() throws Exception {
        tables = VerifyTables.of(SendRow.class, BudgetRow.class);
    }

    <T> T call(Function<EntityManager, T> work) {
        return tables.call(work);
    }

    void run(Consumer<EntityManager> work) {
        tables.run(work);
    }

    /** Makes everything as much older. */
    void letPass(Duration time) {
        run(em -> em.createQuery("update MfaSmsSend s set s.createdAt = s.createdAt - :time")
                .setParameter("time", time.toMillis())
                .executeUpdate());
        run(em -> em.createQuery("update MfaSmsBudget b set b.alarmedAt = b.alarmedAt - :time")
                .setParameter("time", time.toMillis())
                .executeUpdate());
    }

    @Override
    public void close() {
        tables.close();
    }
}
