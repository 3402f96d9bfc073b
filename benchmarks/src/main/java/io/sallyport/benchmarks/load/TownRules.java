package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.AdminApi;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Very many rules of a {@link Town}, at every level, beside the few that it has: every third is an exception. */
record TownRules(Town town) {

    private static final int TEAMS = 400;
    private static final int DIVISIONS = 20;
    private static final int ORGANIZATIONS = 10;
    private static final String END = "2998-02-01T00:00:00Z";

    /** Until there are so many. */
    void fill(int rules) {
        AdminApi admin = town.server().keycloak().admin();
        organizations(admin);
        String document = Town.REALM + "/mfa/policies/document";
        JsonNode before = admin.get(document);
        List<Object> all = new ArrayList<>();
        before.path("rules").forEach(all::add);
        List<String> people = people(rules / 3);
        for (int i = 0; all.size() < rules; i++) {
            all.add(rule(i, people));
        }
        admin.put(
                document + "?reason=a+measurement",
                Map.of(
                        "revision",
                        before.path("revision").asLong(),
                        "rules",
                        all,
                        "actions",
                        IntStream.range(0, 40).mapToObj(TownRules::action).toList()));
        town.database().update("VACUUM ANALYZE");
    }

    private static Map<String, Object> rule(int i, List<String> people) {
        return switch (i % 12) {
            case 0, 4, 8 -> exception("user", people.get(i / 4 % people.size()), i);
            case 1 -> exception("group", team(i), i);
            case 2, 3, 5, 6, 7 -> required(Map.of("group", team(i)), i);
            case 9, 10 -> required(Map.of("organization", "branch-" + i % ORGANIZATIONS), i);
            default -> required(Map.of(), i);
        };
    }

    private static Map<String, Object> exception(String kind, String name, int i) {
        Map<String, Object> rule = rule(Map.of(kind, name), i);
        rule.put("required", false);
        rule.put("valid_until", END);
        return rule;
    }

    private static Map<String, Object> required(Map<String, String> scope, int i) {
        Map<String, Object> rule = rule(scope, i);
        rule.put("name", "Rule " + i);
        rule.put("required", true);
        rule.put("strength", i % 2 == 0 ? "NO_SMS" : "ANY");
        rule.put("state", i % 7 == 0 ? "REPORT_ONLY" : "ENFORCED");
        return rule;
    }

    /** Each with a condition of its own: of one scope and the same conditions there is one rule. */
    private static Map<String, Object> rule(Map<String, String> scope, int i) {
        Map<String, Object> rule = new LinkedHashMap<>();
        if (!scope.isEmpty()) {
            rule.put("scope", scope);
        }
        rule.put("when", Map.of("outside_networks", List.of("10." + i / 256 + "." + i % 256 + ".0/24")));
        rule.put("reason", "what the board decided about case " + i);
        return rule;
    }

    private static String team(int i) {
        int team = i * 7 % TEAMS;
        return "/division " + team % DIVISIONS + "/team " + team;
    }

    private static Map<String, Object> action(int i) {
        return Map.of("type", "action_" + i, "description", "Do what is number " + i, "fields", List.of());
    }

    private List<String> people(int count) {
        return town
                .database()
                .rows("SELECT username FROM user_entity WHERE realm_id = '" + town.realmId() + "' AND enabled LIMIT "
                        + count)
                .stream()
                .map(row -> row.getOrDefault("USERNAME", ""))
                .toList();
    }

    private static void organizations(AdminApi admin) {
        admin.put(Town.REALM, Map.of("organizationsEnabled", true));
        for (int i = 0; i < ORGANIZATIONS; i++) {
            admin.post(
                    Town.REALM + "/organizations",
                    Map.of(
                            "name",
                            "branch-" + i,
                            "alias",
                            "branch-" + i,
                            "domains",
                            List.of(Map.of("name", "branch-" + i + ".example.org"))));
        }
    }
}
