package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jboss.aerogear.security.otp.api.Base32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever reads the log, a dump or an export learns no secret. */
final class SecrecyIT {

    @Test
    @DisplayName("TOTP-09, LIFE-08: no secret and no code in the log at TRACE, the database dump and the realm export")
    void noSecretLeaves() throws Exception {
        List<String> secrets = new ArrayList<>();
        String log;
        String dump;
        String export;
        try (KeycloakServer server =
                SharedServer.start("journey-secrecy", List.of("--log-level=INFO,io.sallyport:TRACE"))) {
            MfaRealm realm = MfaRealm.strict(server);
            secrets.addAll(use(realm));
            secrets.addAll(enroll(realm));
            dump = server.database().dump();
            server.stop();
            export = server.export(realm.name());
            log = server.log();
        }

        assertThat(export).contains("\"otp\"");
        assertThat(dump).contains("MFA_ENROLLMENT");
        for (String secret : secrets) {
            assertThat(log.contains(secret)).as("log holds %s", secret).isFalse();
            assertThat(dump.contains(secret)).as("dump holds %s", secret).isFalse();
            assertThat(export.contains(secret)).as("export holds %s", secret).isFalse();
        }
    }

    private static List<String> use(MfaRealm realm) {
        Member member = realm.enrolled();
        String right = member.phone().nextCode();
        String wrong = member.phone().wrongCode();
        SignIn signIn = realm.web().signIn();
        ChallengePage challenge = realm.password(new Browser(), signIn, member).as(ChallengePage.class);
        Tokens tokens = signIn.redeem(
                        challenge.answer(wrong).as(ChallengePage.class).answer(right))
                .tokens();
        return List.of(member.secret(), Member.PASSWORD, "\"" + right + "\"", "'" + right + "'", tokens.access());
    }

    private static List<String> enroll(MfaRealm realm) throws Exception {
        EnrollTotpPage enroll = realm.password(new Browser(), realm.web().signIn(), realm.newcomer())
                .as(EnrollTotpPage.class);
        RecoveryCodesPage codes =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "phone").as(RecoveryCodesPage.class);
        List<String> secrets = new ArrayList<>(codes.codes());
        secrets.add(enroll.secret());
        secrets.add(new String(Base32.decode(enroll.secret()), ISO_8859_1));
        codes.confirm();
        return secrets;
    }
}
