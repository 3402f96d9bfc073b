package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A realm chooses its mail server, and that server may be anybody's. */
@Journey
final class TarpitIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int LOCKS = 5;
    private static final int OF_EACH_KIND = 2;

    private final KeycloakServer server;

    TarpitIT(PostgresServer postgres) {
        this.server = postgres.keycloak();
    }

    @Test
    @DisplayName("R-14, LIFE-09, AUD-11: a mail server that never answers silences its own realm only, on the record")
    void oneRealmsMailServerSilencesNobodyElse() throws Exception {
        try (Tarpit tarpit = new Tarpit();
                Mailbox mailbox = Mailbox.open()) {
            MfaRealm bad = MfaRealm.strict(server);
            bad.change(Map.of("smtpServer", tarpit.smtp()));
            SettingsApi.of(bad)
                    .change(Map.of("mfa.events.officers", "ciso@example.org"))
                    .expect(200);
            MfaRealm good = MfaRealm.strict(server).mailsTo(mailbox);
            SettingsApi.of(good)
                    .change(Map.of("mfa.events.officers", "soc@example.org"))
                    .expect(200);
            List<Member> silenced = locked(bad, LOCKS);

            Member member = locked(good, 1).get(0);

            assertThat(mailbox.next(member.username() + "@example.org", "Your account is locked"))
                    .contains("UTC");
            assertThat(mailbox.next("soc@example.org", "Alert: an account was locked"))
                    .contains(member.username());
            awaitLost(bad, silenced, OF_EACH_KIND);
            assertThat(tarpit.guests()).as("notices and alerts").isBetween(1, 2 * OF_EACH_KIND);
            awaitIdle();
            awaitBroken(bad);
            assertThat(server.metric("sallyport_outbox_stuck", "officers")).isPositive();

            Member late = locked(bad.mailsTo(mailbox), 1).get(0);

            assertThat(mailbox.next(late.username() + "@example.org", "Your account is locked"))
                    .contains("UTC");
            assertThat(mailbox.next("ciso@example.org", "Alert: an account was locked"))
                    .isNotBlank();
            assertThat(tarpit.guests()).as("hang still").isPositive();
        }
    }

    private static List<Member> locked(MfaRealm realm, int count) {
        List<Member> members = Stream.generate(realm::enrolled).limit(count).toList();
        for (Member member : members) {
            for (int i = 0; i < 5; i++) {
                realm.backend()
                        .password(
                                member.username(),
                                Member.PASSWORD,
                                member.phone().wrongCode());
            }
        }
        return members;
    }

    private static void awaitLost(MfaRealm realm, List<Member> members, int wanted) {
        Instant end = Instant.now().plus(PATIENCE);
        long lost = 0;
        while (lost < wanted) {
            assertThat(Instant.now()).as("lost on the record: " + lost).isBefore(end);
            lost = members.stream()
                    .flatMap(member -> realm.audit().of(member.id(), "auth.mfa_notice_failed").stream())
                    .filter(row -> row.reason().equals("LOCKED"))
                    .count();
        }
    }

    /** Health says that alerts do not leave. */
    private static void awaitBroken(MfaRealm realm) {
        Instant end = Instant.now().plus(PATIENCE);
        String said = "";
        while (!said.contains("sinks BROKEN")) {
            assertThat(Instant.now()).as("health says " + said).isBefore(end);
            StringBuilder parts = new StringBuilder();
            realm.admin()
                    .get(realm.name() + "/mfa/health")
                    .path("parts")
                    .forEach(part -> parts.append(part.path("part").asText())
                            .append(' ')
                            .append(part.path("state").asText())
                            .append(", "));
            said = parts.toString();
        }
    }

    /** Whoever waits for a mail server holds no connection of the database. */
    private void awaitIdle() {
        assertThat(server.metrics()).contains("agroal_active_count{");
        Instant end = Instant.now().plus(PATIENCE);
        while (server.metric("agroal_active_count") > 0) {
            assertThat(Instant.now()).as("a connection is held all the time").isBefore(end);
        }
    }
}
