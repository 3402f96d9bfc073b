package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** LIFE-09: people are told by mail, in their own language, and nobody waits or fails for a mail server. */
@Journey
final class NoticesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MfaRealm realm;
    private final Mailbox mailbox = Mailbox.open();

    NoticesIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        realm.change(Map.of(
                "internationalizationEnabled",
                true,
                "supportedLocales",
                List.of("en", "de", "fr", "es"),
                "defaultLocale",
                "en",
                "smtpServer",
                smtp(mailbox.port())));
    }

    @AfterAll
    void close() {
        mailbox.close();
    }

    @Test
    @DisplayName("LIFE-09: a new factor and its recovery codes are told, without any of their secrets")
    void aNewFactorIsTold() throws Exception {
        Member member = realm.newcomer();
        String address = member.username() + "@example.org";
        EnrollTotpPage enroll =
                realm.password(new Browser(), realm.web().signIn(), member).as(EnrollTotpPage.class);

        RecoveryCodesPage codes = enroll.confirm(Phone.with(enroll.secret()).nextCode(), "http://example.org/call me")
                .as(RecoveryCodesPage.class);

        assertThat(mailbox.next(address, "A second factor was added"))
                .contains("text/plain", "text/html", "Authenticator app", "127.0.0.1", " UTC", "If this was not you")
                .doesNotContain(enroll.secret(), "call me");
        assertThat(mailbox.next(address, "New recovery codes"))
                .doesNotContain(codes.codes().get(0));
    }

    @Test
    @DisplayName("LIFE-09: the mail is in the language of the user, not of the browser that did it")
    void theMailIsInTheUsersLanguage() throws Exception {
        Member member = realm.enrolled();
        realm.changeUser(member, Map.of("attributes", Map.of("locale", List.of("de"))));
        Browser french = new Browser(Map.of("Accept-Language", "fr"));
        for (int i = 0; i < 5; i++) {
            realm.password(french, realm.web().signIn(), member)
                    .as(ChallengePage.class)
                    .answer(member.phone().wrongCode());
        }

        assertThat(mailbox.next(member.username() + "@example.org", "Ihr Konto ist vor"))
                .contains("Wenn Sie das nicht waren", "Adresse");
    }

    @Test
    @DisplayName("LIFE-09: a mail server that is down fails nobody, and the lost notice is on the record")
    void aMailServerThatIsDown(KeycloakServer server) {
        MfaRealm deaf = MfaRealm.strict(server);
        deaf.change(Map.of("smtpServer", smtp(1)));
        Member member = deaf.newcomer();
        EnrollTotpPage enroll =
                deaf.password(new Browser(), deaf.web().signIn(), member).as(EnrollTotpPage.class);

        Page codes = enroll.confirm(Phone.with(enroll.secret()).nextCode(), "");

        assertThat(codes).isInstanceOf(RecoveryCodesPage.class);
        Instant end = Instant.now().plus(PATIENCE);
        List<String> lost = List.of();
        while (!lost.contains("ENROLLED") && Instant.now().isBefore(end)) {
            lost = deaf.audit().of(member.id(), "auth.mfa_notice_failed").stream()
                    .map(Audit.Row::reason)
                    .toList();
        }
        assertThat(lost).contains("ENROLLED");
    }

    private static Map<String, String> smtp(int port) {
        return Map.of("host", "localhost", "port", String.valueOf(port), "from", "sso@example.org");
    }
}
