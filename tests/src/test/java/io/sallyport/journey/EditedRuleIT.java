package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A session that is refreshed while the policy changes: an edit never takes a rule away from it. */
@Journey
@TestInstance(Lifecycle.PER_METHOD)
final class EditedRuleIT {

    private static final long HOUR = 3_600_000;

    private final MfaRealm realm;
    private final Policies policies;
    private final Database database;
    private final Member member;
    private String rule = "";
    private String exception = "";
    private long began;
    private Tokens tokens;

    EditedRuleIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        this.policies = Policies.of(realm);
        this.database = server.database();
        this.member = realm.newcomer();
        this.tokens = signIn();
    }

    /** Everybody must prove MFA, but he need not for a while; rules and session are of an hour ago. */
    @BeforeEach
    void signInByAnException() {
        rule = created(Map.of("name", "everybody", "required", true));
        exception = created(Map.of(
                "required",
                false,
                "scope",
                Map.of("user", member.username()),
                "reason",
                "new phone",
                "valid_until",
                "2998-01-01T00:00:00Z"));
        began = System.currentTimeMillis();
        shift("<=", -HOUR);
        tokens = signIn();
        assertThat(refresh().granted()).isTrue();
    }

    @Test
    @DisplayName(
            "A rule that is only renamed, or made stricter, goes on counting for a session that is older than the edit")
    void anEditDoesNotSwitchTheRuleOff() {
        policies.delete(exception, "?reason=over").expect(204);
        assertThat(refresh().error()).as("the exception is over").isEqualTo("mfa_required");

        update(Map.of("name", "a new name", "required", true), 1);
        assertThat(refresh().error()).as("renamed").isEqualTo("mfa_required");

        update(Map.of("name", "stricter", "required", true, "strength", "NO_SMS"), 2);
        assertThat(refresh().error()).as("stricter").isEqualTo("mfa_required");
    }

    @Test
    @DisplayName("POL-05: a session goes on under what was in force when it began, unless the rule says otherwise")
    void aSessionGoesOn() {
        Map<String, Object> on = new HashMap<>(Map.of("required", true, "scope", Map.of("user", member.username())));

        on.put("version", 1);
        policies.update(exception, on).expect(200);
        later();
        assertThat(refresh().granted())
                .as("the exception of the session's start")
                .isTrue();

        on.put("version", 2);
        on.put("takes_effect", "NEXT_REFRESH");
        policies.update(exception, on).expect(200);
        later();
        assertThat(refresh().error()).isEqualTo("mfa_required");
    }

    @Test
    @DisplayName("A rule made after the session began does not touch it")
    void aNewRuleDoesNotTouchTheSession() {
        created(Map.of("required", true, "scope", Map.of("user", member.username()), "when", clients()));
        later();

        assertThat(refresh().granted()).isTrue();
    }

    private static Map<String, Object> clients() {
        return Map.of("clients", List.of("backend"));
    }

    private void update(Map<String, Object> to, int version) {
        Map<String, Object> body = new HashMap<>(to);
        body.put("version", version);
        policies.update(rule, body).expect(200);
        later();
    }

    /** An hour later: a session knows its start to the second only, and this test is faster than that. */
    private void later() {
        shift(">", HOUR);
    }

    private void shift(String when, long by) {
        for (String table : List.of("MFA_POLICY_RULE", "MFA_POLICY_HISTORY")) {
            database.update(
                    "UPDATE " + table + " SET CHANGED_AT = CHANGED_AT + ? WHERE REALM_ID = ? AND CHANGED_AT " + when
                            + " ?",
                    by,
                    id(),
                    began);
        }
        String generation = UUID.randomUUID().toString();
        database.update("UPDATE MFA_POLICY_REVISION SET GENERATION = ? WHERE REALM_ID = ?", generation, id());
        realm.change(Map.of("displayName", generation));
    }

    private String id() {
        JsonNode json = realm.admin().get(realm.name());
        return json.path("id").asText();
    }

    private String created(Map<String, Object> body) {
        return policies.create(body).expect(201).json().path("id").asText();
    }

    private Tokens signIn() {
        return realm.backend().password(member.username(), Member.PASSWORD).tokens();
    }

    private TokenReply refresh() {
        return realm.backend().refresh(tokens.refresh().orElseThrow());
    }
}
