package io.sallyport.journey;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** The rows of the trail as the database has them, and what they say has happened. */
record Rows(Database database) {

    record Row(String id, String correlation, String type, String outcome) {

        boolean verified() {
            return type.equals("auth.mfa_verified") && succeeded();
        }

        boolean succeeded() {
            return outcome.equals("SUCCESS") && !type.equals("auth.mfa_locked");
        }
    }

    Map<String, List<Row>> byCorrelation() {
        return database.rows("SELECT EVENT_ID, CORRELATION_ID, EVENT_TYPE, OUTCOME FROM MFA_AUDIT").stream()
                .map(row -> new Row(
                        row.get("EVENT_ID"), row.get("CORRELATION_ID"), row.get("EVENT_TYPE"), row.get("OUTCOME")))
                .collect(groupingBy(Row::correlation));
    }

    /** Each success has left its evidence, and used its step up. */
    void assertEffects(List<Attempt> successes) {
        successes.stream().collect(groupingBy(Attempt::member)).forEach((member, theirs) -> {
            long newest = theirs.stream().mapToLong(Attempt::step).max().orElseThrow();
            assertThat(number("SELECT COUNT(*) AS N FROM MFA_EVIDENCE WHERE USER_ID = ?", member))
                    .as("evidence of %s", theirs)
                    .isEqualTo(theirs.size());
            assertThat(number("SELECT MAX(LAST_STEP) AS N FROM MFA_ENROLLMENT WHERE USER_ID = ?", member))
                    .as("last step of %s", theirs)
                    .isGreaterThanOrEqualTo(newest);
        });
    }

    private long number(String sql, Member member) {
        return Long.parseLong(database.rows(sql, member.id()).get(0).get("N"));
    }
}
