package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** POL-01, POL-02: user before group before tenant before global, seen at the sign-in and in the audit trail. */
@Journey
@TestInstance(Lifecycle.PER_CLASS)
final class PrecedenceIT {

    private static final List<String> LEVELS = List.of("USER", "GROUP", "TENANT", "GLOBAL");

    private final MfaRealm realm;
    private final Policies policies;
    private final String organization;
    private final String group;

    PrecedenceIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        this.policies = Policies.of(realm);
        realm.change(Map.of("organizationsEnabled", true));
        this.organization = AdminApi.idOf(realm.admin()
                .post(
                        realm.name() + "/organizations",
                        Map.of(
                                "name", "Acme",
                                "alias", "acme",
                                "domains", List.of(Map.of("name", UUID.randomUUID() + ".example")))));
        this.group = group("staff", "");
        // without Keycloak's step that asks for the organization first
        Flows.override(realm, "web", "browser", Flows.make(realm, "plain", "auth-username-password-form", "mfa-form"));
    }

    private enum Says {
        UNSET,
        REQUIRED,
        OFF
    }

    static Stream<List<Says>> combinations() {
        Stream<List<Says>> all = Stream.of(List.of());
        for (int level = 0; level < LEVELS.size(); level++) {
            all = all.flatMap(some -> Stream.of(Says.values()).map(says -> {
                List<Says> more = new ArrayList<>(some);
                more.add(says);
                return List.copyOf(more);
            }));
        }
        return all;
    }

    @ParameterizedTest(name = "user, group, tenant, global: {0}")
    @DisplayName("POL-01: the first level with an answer decides the sign-in, and the audit row names it")
    @MethodSource("combinations")
    void theFirstLevelWithAnAnswerDecides(List<Says> combination) {
        Member member = memberOfAll();
        replace(combination, member);
        int first = first(combination);

        SignIn signIn = realm.web().signIn();
        Page page = realm.password(new Browser(), signIn, member);

        if (first < 0) {
            // no rule says anything: whoever has a factor is asked for it, as without us
            assertThat(page).isInstanceOf(ChallengePage.class);
        } else if (combination.get(first) == Says.REQUIRED) {
            signIn.redeem(page.as(ChallengePage.class).answer(member.phone().nextCode()))
                    .tokens();
            assertThat(levels(member, "auth.mfa_verified")).containsExactly(LEVELS.get(first));
        } else {
            assertThat(page).isInstanceOf(Arrived.class);
            assertThat(levels(member, "auth.mfa_skipped")).containsExactly(LEVELS.get(first));
        }
    }

    @Test
    @DisplayName("POL-02: of several groups, one nested, the strictest decides, in whatever order they were joined")
    void theStrictestGroupDecides() {
        String lax = group("lax", "");
        String nested = group("nested", group("parent", ""));
        policies.replace(
                        "?reason=x",
                        Map.of("rules", List.of(rule("/parent", "group", true), rule("/lax", "group", false))))
                .expect(200);
        for (List<String> order : List.of(List.of(lax, nested), List.of(nested, lax))) {
            Member member = realm.newcomer();
            order.forEach(id -> join(member, id));

            assertThat(policies.decision(member).path("required").asBoolean()).isTrue();
            assertThat(realm.backend()
                            .password(member.username(), Member.PASSWORD)
                            .error())
                    .isEqualTo("mfa_required");
        }
        Member onlyLax = realm.newcomer();
        join(onlyLax, lax);
        assertThat(policies.decision(onlyLax).path("required").asBoolean()).isFalse();

        realm.admin().put(realm.name() + "/groups/" + nested, Map.of("name", "a-new-name"));
        Member renamed = realm.newcomer();
        join(renamed, nested);
        assertThat(policies.decision(renamed).path("required").asBoolean()).isTrue();

        realm.admin().post(realm.name() + "/groups/" + lax + "/children", Map.of("id", nested, "name", "a-new-name"));
        assertThat(policies.decision(renamed).path("required").asBoolean()).isFalse();
    }

    private void replace(List<Says> combination, Member member) {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (int i = 0; i < LEVELS.size(); i++) {
            if (combination.get(i) != Says.UNSET) {
                boolean required = combination.get(i) == Says.REQUIRED;
                rules.add(
                        switch (LEVELS.get(i)) {
                            case "USER" -> rule(member.username(), "user", required);
                            case "GROUP" -> rule("/staff", "group", required);
                            case "TENANT" -> rule("acme", "organization", required);
                            default -> Map.of("required", required);
                        });
            }
        }
        policies.replace("?reason=x", Map.of("rules", rules)).expect(200);
    }

    private static Map<String, Object> rule(String name, String kind, boolean required) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("scope", Map.of(kind, name));
        rule.put("required", required);
        rule.put("reason", "a journey");
        rule.put("valid_until", "2998-01-01T00:00:00Z");
        return rule;
    }

    private static int first(List<Says> combination) {
        for (int i = 0; i < combination.size(); i++) {
            if (combination.get(i) != Says.UNSET) {
                return i;
            }
        }
        return -1;
    }

    private List<String> levels(Member member, String type) {
        return realm.audit().of(member.id(), type).stream()
                .map(row -> row.detail("mfa_policy_level"))
                .toList();
    }

    private Member memberOfAll() {
        Member member = realm.enrolled();
        join(member, group);
        realm.admin()
                .send("POST", realm.name() + "/organizations/" + organization + "/members", member.id())
                .expect(201);
        return member;
    }

    private void join(Member member, String groupId) {
        realm.admin().put(realm.name() + "/users/" + member.id() + "/groups/" + groupId, Map.of());
    }

    private String group(String name, String parent) {
        String path = parent.isEmpty() ? "/groups" : "/groups/" + parent + "/children";
        return AdminApi.idOf(realm.admin().post(realm.name() + path, Map.of("name", name)));
    }
}
