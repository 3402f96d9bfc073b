package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class UntoldLocksTest {

    private static final Instant END = Instant.parse("2026-01-01T00:15:00Z");

    private static VerifyTables tables;

    private final String realm = UUID.randomUUID().toString();

    @BeforeAll
    static void open() throws Exception {
        tables = VerifyTables.of(UntoldLockRow.class);
    }

    @AfterAll
    static void close() {
        tables.close();
    }

    @Test
    @DisplayName("AUD-02: a lock that can't be told is behind those of everybody else then, and is kept")
    void fairness() {
        UntoldLock first = overdue("ann", 1);
        UntoldLock second = overdue("bob", 2);
        assertThat(dueNow()).containsExactly(first, second);

        tables.request(session -> new UntoldLocks(session).postpone(first));

        assertThat(dueNow()).containsExactly(second);
        assertThat(all("ann")).containsExactly(first);
    }

    @Test
    void realmsWithSomethingOverdueAreNamedOnce() {
        overdue("ann", 1);
        overdue("bob", 2);

        List<String> realms = tables.call(em -> new UntoldLocks(VerifyTables.session(em)).realms());

        assertThat(realms).containsOnlyOnce(realm);
    }

    @Test
    void whatIsBeingComparedIsNotOverdueButIsThere() {
        UntoldLock young = new UntoldLock(realm, "ann", END, 5);
        tables.request(session -> new UntoldLocks(session).add(young));

        assertThat(dueNow()).isEmpty();
        assertThat(all("ann")).containsExactly(young);
    }

    private UntoldLock overdue(String user, long since) {
        UntoldLock lock = new UntoldLock(realm, user, END, 5);
        tables.run(em -> em.persist(new UntoldLockRow(lock, since)));
        return lock;
    }

    private List<UntoldLock> dueNow() {
        return tables.call(em -> new UntoldLocks(VerifyTables.session(em)).overdue(realm));
    }

    private List<UntoldLock> all(String user) {
        return tables.call(em -> new UntoldLocks(VerifyTables.session(em)).of(realm, user));
    }
}
