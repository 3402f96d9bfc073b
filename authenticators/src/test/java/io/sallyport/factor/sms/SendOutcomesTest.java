package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.crypto.Boxes;
import io.sallyport.provider.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SendOutcomesTest {

    private final SmsTables tables = new SmsTables();

    SendOutcomesTest() throws Exception {}

    @AfterEach
    void drop() {
        tables.close();
    }

    @Test
    void aReportIsKeptOnceAndTheFirstLastWordStays() {
        String id = send("user", 0);
        tables.run(em -> new SendOutcomes(em).sent(id, new Delivery.Sent("SM1")));

        assertThat(reported("SM1", SendStatus.DELIVERED)).isTrue();
        assertThat(reported("SM1", SendStatus.DELIVERED)).isFalse();
        assertThat(reported("SM1", SendStatus.UNDELIVERED)).isFalse();
        assertThat(reported("SM2", SendStatus.DELIVERED)).isFalse();
        assertThat(status()).isEqualTo(SendStatus.DELIVERED);
    }

    @Test
    void aReportOfAnotherRealmChangesNothing() {
        String id = send("user", 0);
        tables.run(em -> new SendOutcomes(em).sent(id, new Delivery.Sent("SM1")));

        boolean kept = tables.call(
                em -> new SendOutcomes(em).reported("other", new StatusReport("SM1", SendStatus.DELIVERED)));

        assertThat(kept).isFalse();
    }

    @Test
    void whatTheProviderDidNotTakeIsKept() {
        String id = send("user", 0);

        tables.run(em -> new SendOutcomes(em).sent(id, new Delivery.Refused("sms_number_unreachable")));

        assertThat(status()).isEqualTo(SendStatus.REFUSED);
    }

    @Test
    void whatNobodyKnowsIsKeptAsSuch() {
        String id = send("user", 0);

        tables.run(em -> new SendOutcomes(em).sent(id, new Delivery.Unclear("sms_no_answer")));

        assertThat(status()).isEqualTo(SendStatus.UNCLEAR);
    }

    @Test
    @DisplayName("SMS-09: messages whose codes nobody enters raise an alarm, once an hour")
    void failedConversionsRaiseAnAlarm() {
        for (int i = 0; i < 24; i++) {
            send("user-" + i, i);
        }
        assertThat(alarm()).isFalse(); // there is still time to enter the codes
        tables.letPass(Duration.ofMinutes(11));

        assertThat(alarm()).isTrue();
        assertThat(alarm()).isFalse();
    }

    @Test
    void codesThatAreEnteredRaiseNone() {
        for (int i = 0; i < 24; i++) {
            send("user-" + i, i);
            if (i % 4 == 0) {
                int entered = i;
                tables.run(em -> new SendOutcomes(em).converted("realm", "user-" + entered));
            }
        }
        tables.letPass(Duration.ofMinutes(11));

        assertThat(alarm()).isFalse();
    }

    private boolean alarm() {
        return tables.call(em -> new SendOutcomes(em).tooFewConverted("realm"));
    }

    private boolean reported(String reference, SendStatus status) {
        return tables.call(em -> new SendOutcomes(em).reported("realm", new StatusReport(reference, status)));
    }

    private SendStatus status() {
        return tables.call(em -> em.createQuery("select s.status from MfaSmsSend s", SendStatus.class)
                .getSingleResult());
    }

    private String send(String user, int i) {
        SendRequest request = new SendRequest(
                "realm",
                user,
                "challenge-" + i,
                PhoneNumber.ofE164("+49151" + (10_000_000 + i * 10_000)),
                Optional.of("192.0.2." + i),
                List.of());
        return ((SendDecision.Granted)
                        tables.call(em -> new Sends(em, Boxes.keyed()).decide(request, Settings.from(Map.of()))))
                .sendId();
    }
}
