package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.aerogear.security.otp.api.Base32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Whoever reads the log, a dump or an export learns no secret. The log is at TRACE for every category of the server, which
 * makes it 100 MB and this class less than two minutes long.
 */
final class SecrecyIT {

    private static final String TRACED = "--log-level=TRACE";

    private final Twilio twilio = new Twilio();
    private final Map<String, String> secrets = new LinkedHashMap<>();

    @AfterEach
    void close() {
        twilio.close();
    }

    @Test
    @DisplayName(
            "TOTP-09, LIFE-08: no secret and no code in the log at TRACE, the database dump with Keycloak's events, the realm"
                    + " export, the metrics and the trail")
    void noSecretLeaves() throws Exception {
        String log;
        String dump;
        String export;
        String metrics;
        String trail;
        List<String> options = new ArrayList<>(twilio.options());
        options.addAll(List.of(TRACED, "--hostname=localhost", "--metrics-enabled=true"));
        try (KeycloakServer server = SharedServer.start("journey-secrecy", options)) {
            MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.methods", "TOTP,SMS_OTP"), Rules.FOR_ALL);
            realm.change(Map.of("eventsEnabled", true, "adminEventsEnabled", true, "adminEventsDetailsEnabled", true));
            use(realm);
            enroll(realm);
            receive(realm, server);
            help(realm);
            direct(realm);
            metrics = server.metrics();
            trail = realm.admin()
                            .tryGet(realm.name() + "/mfa/audit/export")
                            .expect(200)
                            .body()
                    + realm.admin()
                            .tryGet(realm.name() + "/mfa/audit/export?format=csv")
                            .expect(200)
                            .body();
            dump = server.database().dump();
            server.stop();
            export = server.export(realm.name());
            log = server.log();
        }

        assertThat(log).contains("TRACE");
        assertThat(export).contains("\"otp\"");
        assertThat(dump).contains("MFA_ENROLLMENT");
        assertThat(found(log)).as("secrets in the log").isEmpty();
        assertThat(found(dump)).as("secrets in the dump").isEmpty();
        assertThat(found(export)).as("secrets in the export").isEmpty();
        assertThat(metrics).contains("jvm_");
        assertThat(found(metrics)).as("secrets in the metrics").isEmpty();
        assertThat(trail).contains("auth.mfa_pass_issued", "auth.mfa_verified", "SMS_OTP");
        assertThat(found(trail)).as("secrets in the trail").isEmpty();
        assertThat(dump).contains("CUSTOM_REQUIRED_ACTION");
    }

    /** Names of the secrets that the text holds. */
    private List<String> found(String text) {
        return secrets.entrySet().stream()
                .filter(secret -> text.contains(secret.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private void use(MfaRealm realm) throws Exception {
        Member member = realm.enrolled();
        String wrong = member.phone().wrongCode();
        SignIn signIn = realm.web().signIn();
        ChallengePage challenge = realm.password(new Browser(), signIn, member).as(ChallengePage.class);
        ChallengePage again = challenge.answer(wrong).as(ChallengePage.class);
        String right = member.phone().nextCode(); // only now: pages are slow while all is logged
        Tokens tokens = signIn.redeem(again.answer(right)).tokens();
        String direct = member.phone().nextCode();
        realm.backend().password(member.username(), Member.PASSWORD, direct).tokens();
        secret("imported", member.secret());
        secrets.put("password", Member.PASSWORD);
        secrets.put("password in a form", Member.PASSWORD.replace(' ', '+'));
        code("posted code", right);
        code("wrong code", wrong);
        code("direct code", direct);
        secrets.put("access token", signature(tokens.access()));
        secrets.put("ID token", signature(tokens.id().orElseThrow()));
        secrets.put("refresh token", signature(tokens.refresh().orElseThrow()));
    }

    private void enroll(MfaRealm realm) throws Exception {
        EnrollTotpPage enroll = realm.password(new Browser(), realm.web().signIn(), realm.newcomer())
                .as(OtherPage.class)
                .html()
                .submit("enroll", Map.of("enroll", "TOTP"))
                .as(EnrollTotpPage.class);
        RecoveryCodesPage codes =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "phone").as(RecoveryCodesPage.class);
        secret("enrolled", enroll.secret());
        for (String code : codes.codes()) {
            secrets.put("recovery code " + code, code);
            secrets.put("recovery code without dashes " + code, code.replace("-", ""));
        }
        codes.confirm();
    }

    /** A number is no secret to its owner, and is shown to nobody else as a whole. */
    private void receive(MfaRealm realm, KeycloakServer server) {
        SmsPhone phone = SmsPhone.fresh(twilio, server);
        Page codes = phone.enroll(realm.password(new Browser(), realm.web().signIn(), realm.newcomer()), "");
        RecoveryCodesPage shown = codes.as(RecoveryCodesPage.class);
        shown.codes().forEach(code -> secrets.put("recovery code " + code, code));
        assertThat(shown.confirm()).isInstanceOf(Arrived.class);
        code("code by SMS", phone.code());
        secrets.put("phone number", phone.number());
        secrets.put("phone number in a form", phone.number().substring(1));
    }

    private void help(MfaRealm realm) {
        String pass = new HelpDesk(realm).pass(realm.newcomer());
        secrets.put("pass", pass);
        secrets.put("pass without dashes", pass.replace("-", ""));
    }

    /** A password by itself gives what leads on to a session. */
    private void direct(MfaRealm realm) {
        Member member = realm.enrolled();
        String token = realm.shop()
                .password(member.username(), Member.PASSWORD)
                .reply()
                .json()
                .path("mfa_token")
                .asText();
        assertThat(token).isNotEmpty();
        secrets.put("mfa_token", token);
    }

    /** Six digits stand in many numbers: a code counts only where something sets it apart. */
    private void code(String name, String code) {
        for (String form : List.of("\"%s\"", "'%s'", "=%s,", "=%s&", "=%s]", "[%s]")) {
            secrets.put(name + " as " + form, form.formatted(code));
        }
    }

    private void secret(String name, String base32) throws Exception {
        byte[] bytes = Base32.decode(base32);
        secrets.put(name + " secret in Base32", base32);
        secrets.put(
                name + " secret in Base64", Base64.getEncoder().withoutPadding().encodeToString(bytes));
        secrets.put(name + " secret in hexadecimal", HexFormat.of().formatHex(bytes));
        secrets.put(name + " secret in raw bytes", new String(bytes, ISO_8859_1));
    }

    /** A token without it opens nothing. */
    private static String signature(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }
}
