package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    /** What Keycloak itself keeps in its own table, readable, and exports with a realm. */
    private final Map<String, String> realmKeys = new LinkedHashMap<>();
    /** What browsers were asked to sign: the server must know it until then, and nobody else. */
    private final Map<String, String> challenges = new LinkedHashMap<>();
    /** What receivers of events take for a proof: a setting, which the server's and the realm's tables hold and exports have. */
    private final Map<String, String> addresses = new LinkedHashMap<>();

    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        twilio.close();
        receiver.close();
    }

    @Test
    @DisplayName(
            "TOTP-09, LIFE-08: no secret, no code and no key in the log at TRACE, the database dump with Keycloak's events, the"
                    + " realm export, the metrics and the trail")
    void noSecretLeaves() throws Exception {
        String log;
        String dump;
        String export;
        String metrics;
        String trail;
        List<String> options = new ArrayList<>(twilio.options());
        options.addAll(List.of(
                TRACED,
                "--hostname=localhost",
                "--metrics-enabled=true",
                "--spi-mfa-event-sink--webhook--secret=" + PostgresServer.WEBHOOK_SECRET,
                "--spi-mfa-event-sink--webhook--allow=127.0.0.1"));
        try (KeycloakServer server = SharedServer.start("journey-secrecy", options)) {
            String origin = "http://localhost:" + server.address().getPort();
            MfaRealm realm = MfaRealm.setUp(
                    server,
                    Map.of("mfa.methods", "TOTP,WEBAUTHN,SMS_OTP", "mfa.webauthn.origins", origin),
                    Rules.FOR_ALL);
            realm.change(Map.of("eventsEnabled", true, "adminEventsEnabled", true, "adminEventsDetailsEnabled", true));
            use(realm);
            enroll(realm);
            receive(realm, server);
            help(realm);
            direct(realm);
            sign(realm, origin);
            tell(realm);
            keys(realm, server);
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
        String logged = withoutRows(log);
        assertThat(found(realmKeys, logged)).as("the realm's keys in the log").isEmpty();
        assertThat(found(realmKeys, without("COMPONENT_CONFIG", dump)))
                .as("the realm's keys beside where Keycloak keeps them")
                .isEmpty();
        assertThat(found(realmKeys, metrics + trail))
                .as("the realm's keys in metrics and trail")
                .isEmpty();
        assertThat(found(challenges, dump)).as("challenges in the dump").isEmpty();
        assertThat(found(challenges, logged)).as("challenges in the log").isEmpty();
        assertThat(found(challenges, export + metrics + trail))
                .as("challenges in export, metrics and trail")
                .isEmpty();
        assertThat(found(addresses, without("REALM_ATTRIBUTE", without("MFA_SETTING", dump))))
                .as("paths and queries of webhooks beside the settings")
                .isEmpty();
        assertThat(found(addresses, withoutCalls(logged)))
                .as("paths and queries of webhooks in the log")
                .isEmpty();
        assertThat(found(addresses, metrics + trail))
                .as("paths and queries of webhooks in metrics and trail")
                .isEmpty();
        assertThat(trail)
                .contains("auth.mfa_settings_changed", receiver.address().getAuthority() + "/*** sha256:");
    }

    /** The log at TRACE without what Hibernate says of the rows that it writes and reads: all that is in them. */
    private static String withoutRows(String log) {
        return log.lines().filter(line -> !line.contains("[org.hibernate.")).collect(Collectors.joining("\n"));
    }

    /** The log without what Apache's client says at DEBUG of the calls that it makes: all that is in them. */
    private static String withoutCalls(String log) {
        return log.lines().filter(line -> !line.contains("[org.apache.http.")).collect(Collectors.joining("\n"));
    }

    /** The dump without the rows of this table. */
    private static String without(String table, String dump) {
        return Arrays.stream(dump.split("\n(?=\\[)"))
                .filter(statement -> !statement.startsWith("[INSERT INTO \"PUBLIC\".\"" + table + "\""))
                .collect(Collectors.joining("\n"));
    }

    /** Names of the secrets that the text holds. */
    private List<String> found(String text) {
        return found(secrets, text);
    }

    private static List<String> found(Map<String, String> secrets, String text) {
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

    /** A key, from its first challenge to its second. */
    private void sign(MfaRealm realm, String origin) {
        Member member = realm.newcomer();
        SecurityKey key = SecurityKey.at(origin);
        KeyPage made = realm.password(new Browser(), realm.web().signIn(), member)
                .as(OtherPage.class)
                .html()
                .submit("enroll", Map.of("enroll", "WEBAUTHN"))
                .as(KeyPage.class);
        challenges.put("of a new key", made.options().path("challenge").asText());
        made.answer(key.create(made.options()), "key")
                .as(RecoveryCodesPage.class)
                .confirm();
        KeyPage asked =
                realm.password(new Browser(), realm.web().signIn(), member).as(KeyPage.class);
        challenges.put("of a sign-in", asked.options().path("challenge").asText());
        assertThat(asked.answer(key.get(asked.options()))).isInstanceOf(Arrived.class);
        assertThat(challenges.values()).allMatch(challenge -> challenge.length() > 40);
    }

    /** A webhook is set, is told something, changes and is gone. */
    private void tell(MfaRealm realm) throws InterruptedException {
        for (String text : List.of("T0before-6d1c0f", "T0after-93b7ee")) {
            addresses.put("path " + text, text);
            addresses.put("query " + text, "key-" + text.substring(2));
            String address = receiver.address()
                    .resolve("/services/" + text + "?k=key-" + text.substring(2))
                    .toString();
            SettingsApi.of(realm)
                    .change(Map.of("mfa.events.webhook.url", address))
                    .expect(200);
            realm.signIn(new Browser(), realm.enrolled());
        }
        receiver.await(call -> call.path().contains("T0after"));
        SettingsApi.of(realm).change(Map.of("mfa.events.webhook.url", "")).expect(200);
    }

    /** The key that secrets of factors are sealed with is a secret; those of the realm are, but for their own place. */
    private void keys(MfaRealm realm, KeycloakServer server) throws IOException {
        byte[] sealing = Base64.getDecoder()
                .decode(Files.readString(server.keys().orElseThrow()).strip().replaceFirst("^[^:]*:", ""));
        secrets.put("sealing key", Base64.getEncoder().withoutPadding().encodeToString(sealing));
        secrets.put(
                "sealing key for an address",
                Base64.getUrlEncoder().withoutPadding().encodeToString(sealing));
        secrets.put("sealing key in hexadecimal", HexFormat.of().formatHex(sealing));
        secrets.put("sealing key in raw bytes", new String(sealing, ISO_8859_1));
        server.database()
                .rows(
                        "SELECT C.NAME AS COMPONENT, CC.NAME, CC.\"VALUE\" FROM COMPONENT_CONFIG CC JOIN COMPONENT C ON C.ID ="
                                + " CC.COMPONENT_ID JOIN REALM R ON R.ID = C.REALM_ID WHERE R.NAME = ? AND CC.NAME IN"
                                + " ('privateKey', 'secret')",
                        realm.name())
                .forEach(row -> realmKeys.put(row.get("COMPONENT") + " " + row.get("NAME"), row.get("VALUE")));
        assertThat(realmKeys).hasSizeGreaterThanOrEqualTo(4);
        assertThat(realmKeys.values()).allMatch(key -> key.length() > 20);
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
