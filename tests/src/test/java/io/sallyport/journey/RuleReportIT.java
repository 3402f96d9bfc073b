package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A rule that only reports says what it would have done to the sign-ins that there were. */
@Journey
final class RuleReportIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KeycloakServer server;

    RuleReportIT(KeycloakServer server) {
        this.server = server;
    }

    @Test
    @DisplayName(
            "Sign-ins that it would have asked for a proof are counted, in browsers and by password, refreshes not, until it is saved anew")
    void asked() {
        MfaRealm realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        Policies policies = Policies.of(realm);
        Map<String, Object> rule = new HashMap<>(Map.of("required", true, "state", "REPORT_ONLY"));
        String id = id(policies, rule);
        Map<String, Object> elsewhere = Map.of(
                "required",
                true,
                "state",
                "REPORT_ONLY",
                "scope",
                Map.of("user", realm.newcomer().username()));
        String other = id(policies, elsewhere);
        Member member = realm.newcomer();

        Browser browser = new Browser();
        SignIn first = realm.web().signIn();
        Tokens tokens = first.redeem(realm.password(browser, first, member)).tokens();
        SignIn second = realm.shop().signIn();
        second.redeem(browser.open(second.address())).tokens();
        realm.web().refresh(tokens.refresh().orElseThrow()).tokens();
        assertThat(realm.backend().password(member.username(), Member.PASSWORD).granted())
                .isTrue();

        assertReport(policies, id, 3, 3, 0, 0);
        assertReport(policies, other, 0, 0, 0, 0);
        JsonNode listed = policies.list("").path("policies");
        assertThat(listed.findValue("report").path("since").asText()).isNotEmpty();
        rule.put("version", 1);
        rule.put("name", "another one");
        JsonNode saved = policies.update(id, rule).expect(200).json().path("report");
        assertThat(saved.path("about").asInt()).isZero();
        realm.password(new Browser(), realm.web().signIn(), member);
        assertReport(policies, id, 1, 1, 0, 0);
        rule.putAll(Map.of("version", 2, "state", "DISABLED"));
        assertThat(policies.update(id, rule).expect(200).json().has("report")).isFalse();
    }

    @Test
    @DisplayName(
            "Counted are also refusals and what an exception would have spared, each rule by itself; a proof that would do is nothing new")
    void refusedAndSpared() {
        MfaRealm realm = MfaRealm.setUp(
                server,
                Map.of("mfa.methods", "TOTP,WEBAUTHN"),
                Rules.document(Map.of("name", "everybody", "required", true, "methods", List.of("TOTP"))));
        Policies policies = Policies.of(realm);
        Member member = realm.enrolled();
        Map<String, Object> user = Map.of("user", member.username());
        String exempt = id(
                policies,
                Map.of(
                        "required",
                        false,
                        "state",
                        "REPORT_ONLY",
                        "scope",
                        user,
                        "reason",
                        "on trial",
                        "valid_until",
                        Instant.now().plus(Duration.ofDays(80)).toString()));
        String key = id(
                policies,
                Map.of(
                        "required",
                        true,
                        "state",
                        "REPORT_ONLY",
                        "strength",
                        "PHISHING_RESISTANT",
                        "when",
                        Map.of("clients", List.of("web"))));
        String same = id(
                policies,
                Map.of(
                        "required",
                        true,
                        "state",
                        "REPORT_ONLY",
                        "scope",
                        user,
                        "when",
                        Map.of("clients", List.of("web"))));

        realm.signIn(new Browser(), member);

        assertReport(policies, exempt, 1, 0, 0, 1);
        assertReport(policies, key, 1, 0, 1, 0); // TOTP alone of the one, keys alone of the other: nobody could pass
        assertReport(policies, same, 1, 0, 0, 0);
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified"))
                .as("and they decided nothing")
                .hasSize(1);
    }

    private static String id(Policies policies, Map<String, Object> rule) {
        return policies.create(rule).expect(201).json().path("id").asText();
    }

    /** As soon as it is written down; more than that is never counted. */
    private static void assertReport(Policies policies, String id, int about, int asked, int refused, int spared) {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode report = policies.read(id).json().path("report");
        while (report.path("about").asInt() < about && Instant.now().isBefore(end)) {
            LockSupport.parkNanos(200_000_000);
            report = policies.read(id).json().path("report");
        }
        assertThat(report.path("about").asInt()).as(report.toString()).isEqualTo(about);
        assertThat(report.path("asked").asInt()).as(report.toString()).isEqualTo(asked);
        assertThat(report.path("refused").asInt()).as(report.toString()).isEqualTo(refused);
        assertThat(report.path("spared").asInt()).as(report.toString()).isEqualTo(spared);
    }
}
