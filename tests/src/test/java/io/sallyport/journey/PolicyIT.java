package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An administrator states, changes and takes back who must prove what; sign-ins follow at once. */
@Journey
@TestInstance(Lifecycle.PER_METHOD)
final class PolicyIT {

    private final MfaRealm realm;
    private final Policies policies;

    PolicyIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        this.policies = Policies.of(realm);
    }

    @Test
    @DisplayName("POL-04: a rule counts from the next sign-in, when it is made, changed and deleted")
    void aRuleCountsFromTheNextSignIn() {
        Member member = realm.newcomer();
        assertThat(letIn(member)).isTrue();

        JsonNode rule = policies.create(Map.of("name", "everybody", "required", true))
                .expect(201)
                .json();
        assertThat(letIn(member)).isFalse();

        Map<String, Object> off = Map.of("name", "everybody", "required", true, "state", "DISABLED", "version", 1);
        policies.update(rule.path("id").asText(), off).expect(200);
        assertThat(letIn(member)).isTrue();

        Map<String, Object> on = Map.of("name", "everybody", "required", true, "version", 2);
        policies.update(rule.path("id").asText(), on).expect(200);
        assertThat(letIn(member)).isFalse();

        policies.delete(rule.path("id").asText(), "?version=3&reason=over").expect(204);
        assertThat(letIn(member)).isTrue();
    }

    @Test
    @DisplayName("Who changed what, when, why, from what to what, is kept, also of a rule that is gone")
    void theHistoryIsKept() {
        String id = created(Map.of("name", "one", "required", true));
        policies.update(id, Map.of("name", "two", "required", true, "version", 1))
                .expect(200);
        policies.delete(id, "?reason=over").expect(204);

        JsonNode history = policies.history(id);

        assertThat(history.findValuesAsText("change")).containsExactly("DELETED", "UPDATED", "CREATED");
        assertThat(history.findValuesAsText("reason")).containsExactly("over", "a journey", "a journey");
        assertThat(history.findValuesAsText("version")).isNotEmpty();
        assertThat(history.path(1).path("before").path("name").asText()).isEqualTo("one");
        assertThat(history.path(1).path("after").path("name").asText()).isEqualTo("two");
        assertThat(history.path(1).path("actor").asText()).isNotEmpty();
        assertThat(history.path(1).path("actor_name").asText())
                .as("of an administrator of the master realm")
                .isEqualTo("admin");
        assertThat(policies.read(id).status()).isEqualTo(404);
        assertThat(policies.read(id).json().path("error").asText()).isEqualTo("MFA_POLICY_NOT_FOUND");
        assertThat(events(id))
                .containsExactly("auth.mfa_policy_created", "auth.mfa_policy_updated", "auth.mfa_policy_deleted");
    }

    @Test
    @DisplayName("A stale version is a conflict, and the rule stays as it is")
    void aStaleVersionIsAConflict() {
        String id = created(Map.of("name", "one", "required", true));
        policies.update(id, Map.of("name", "two", "required", true, "version", 1))
                .expect(200);

        Reply update = policies.update(id, Map.of("name", "three", "required", true, "version", 1));
        Reply delete = policies.delete(id, "?version=1&reason=over");

        assertThat(List.of(update.status(), delete.status())).containsExactly(409, 409);
        assertThat(update.json().path("error_code").asInt()).isEqualTo(38019);
        assertThat(policies.read(id).json().path("name").asText()).isEqualTo("two");
    }

    @Test
    @DisplayName("A second rule for the same scope and conditions is a conflict that names the first")
    void aDuplicateIsAConflict() {
        Map<String, Object> rule = Map.of("required", true, "when", Map.of("roles", List.of("offline_access")));
        String id = created(rule);

        Reply again = policies.create(
                Map.of("required", true, "strength", "NO_SMS", "when", Map.of("roles", List.of("offline_access"))));

        assertThat(again.status()).isEqualTo(409);
        assertThat(Policies.problems(again)).singleElement().asString().contains(id);
        assertThat(policies.list("").path("policies")).hasSize(1);
    }

    @Test
    @DisplayName("Parallel creations of the same rule make one")
    void parallelCreationsMakeOne(KeycloakServer server) throws Exception {
        for (int round = 0; round < 5; round++) {
            MfaRealm fresh = MfaRealm.setUp(server, Map.of(), Rules.NONE);
            Policies of = Policies.of(fresh);

            List<Reply> replies = Together.run(Collections.nCopies(8, () -> of.create(Map.of("required", true))));

            assertThat(replies).extracting(Reply::status).containsOnly(201, 409);
            assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(1);
            assertThat(of.list("").path("policies")).hasSize(1);
        }
    }

    @Test
    @DisplayName("A document goes out and comes back unchanged, tells what it would change, and replaces everything")
    void aDocumentRoundTrip() {
        Member member = realm.newcomer();
        created(Map.of("name", "everybody", "required", true, "grace", Map.of("days", 3, "skips", 2)));
        created(Map.of(
                "required",
                false,
                "scope",
                Map.of("user", member.username()),
                "reason",
                "new phone",
                "valid_until",
                "2999-01-01T00:00:00Z"));
        JsonNode document = policies.document();

        JsonNode same = policies.replace("?reason=sync", document).expect(200).json();
        JsonNode dry = policies.replace("?dry_run=true", Rules.NONE).expect(200).json();
        JsonNode after = policies.document();
        JsonNode emptied =
                policies.replace("?reason=sync", Rules.NONE).expect(200).json();

        assertThat(same.path("changes")).isEmpty();
        assertThat(same.path("unchanged").asInt()).isEqualTo(2);
        assertThat(Policies.texts(same.path("warnings")))
                .singleElement()
                .asString()
                .contains("more than a year");
        assertThat(dry.path("changes").findValuesAsText("change")).containsExactly("DELETED", "DELETED");
        assertThat(after).isEqualTo(document);
        assertThat(emptied.path("changes")).hasSize(2);
        assertThat(policies.document().path("rules")).isEmpty();
        assertThat(document.path("rules").findValuesAsText("user")).containsExactly(member.username());
    }

    @Test
    @DisplayName("A document that was made from an older revision is a conflict, dry or not")
    void aStaleDocumentIsAConflict() {
        JsonNode document = policies.document();
        created(Map.of("required", true));

        assertThat(policies.replace("?reason=sync", document).status()).isEqualTo(409);
        assertThat(policies.replace("?dry_run=true", document).status()).isEqualTo(409);
        assertThat(policies.list("").path("policies")).hasSize(1);
    }

    @ParameterizedTest
    @DisplayName("POL-13: bad input is refused with its path, and nothing changes")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'scope':{'user':'USER','group':'/staff'},'required':true} | $.rules[0].scope",
                "{'scope':{'user':'nobody-of-this-name'},'required':true} | $.rules[0].scope.user",
                "{'scope':{'group':'/no/group'},'required':true} | $.rules[0].scope.group",
                "{'scope':{'organization':'none'},'required':true} | $.rules[0].scope.organization",
                "{'when':{'roles':['no-role']},'required':true} | $.rules[0].when.roles",
                "{'when':{'clients':['no-client']},'required':true} | $.rules[0].when.clients",
                "{'when':{'identity_providers':['none']},'required':true} | $.rules[0].when.identity_providers",
                "{'when':{'inside_networks':['10.0.0.1/8']},'required':true} | $.rules[0].when.inside_networks",
                "{'when':{'inside_networks':['10.0.0.0/33']},'required':true} | $.rules[0].when.inside_networks",
                "{'when':{'outside_networks':['2001:db8::/129']},'required':true} | $.rules[0].when.outside_networks",
                "{'when':{'inside_networks':[]},'required':true} | $.rules[0].when.inside_networks",
                "{'when':{'inside_networks':['10.0.0.0/8','10.0.0.0/8']},'required':true} | $.rules[0].when.inside",
                "{'methods':[],'required':true} | $.rules[0].methods",
                "{'max_age':0,'required':true} | $.rules[0].max_age",
                "{'max_age':2147483648,'required':true} | $.rules[0].max_age",
                "{'grace':{'days':4000},'required':true} | $.rules[0].grace.days",
                "{'requried':true} | $.rules[0].requried",
                "{'required':null} | $.rules[0].required",
                "{'required':false,'scope':{'user':'USER'}} | $.rules[0].valid_until",
            })
    void badInputIsRefused(String rule, String path) {
        Member member = realm.newcomer();
        String json = rule.replace('\'', '"').replace("USER", member.username());
        long revision = policies.document().path("revision").asLong();

        Reply alone = realm.admin().send("POST", realm.name() + "/mfa/policies?reason=x", json);
        Reply document = policies.replace("?reason=x", "{\"rules\":[" + json + "]}");
        Reply dry = policies.replace("?dry_run=true", "{\"rules\":[" + json + "]}");

        assertThat(List.of(alone.status(), document.status(), dry.status()))
                .as(alone.body())
                .containsOnly(400);
        for (Reply refused : List.of(alone, document, dry)) {
            assertThat(refused.json().path("error").asText()).isEqualTo("INVALID_REQUEST");
            assertThat(Policies.problems(refused)).anyMatch(problem -> problem.startsWith(path));
        }
        assertThat(policies.document().path("revision").asLong()).isEqualTo(revision);
        assertThat(policies.document().path("rules")).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("What is no object, has a field twice or something behind it is refused")
    @ValueSource(strings = {"", "null", "[]", "7", "{", "{\"rules\":[]} x", "{\"rules\":[],\"rules\":[]}", "{}"})
    void whatIsNoDocumentIsRefused(String body) {
        Reply refused = policies.replace("?reason=x", body);

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.json().path("error").asText()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    @DisplayName("A document of 10 MB is refused")
    void aHugeDocumentIsRefused() {
        String rule = "{\"required\":true,\"name\":\"" + "x".repeat(80) + "\"}";
        String huge = "{\"rules\":[" + (rule + ",").repeat(10_000_000 / rule.length() - 10) + rule + "]}";

        Reply refused = policies.replace("?reason=x", huge);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(policies.document().path("rules")).isEmpty();
    }

    @Test
    @DisplayName("A change says why")
    void aChangeSaysWhy() {
        String path = realm.name() + "/mfa/policies";

        Reply create = realm.admin().send("POST", path, "{\"required\":true}");
        Reply replace = realm.admin().send("PUT", path + "/document", "{\"rules\":[{\"required\":true}]}");
        String id = created(Map.of("required", true));
        Reply delete = realm.admin().delete(path + "/" + id);

        assertThat(List.of(create.status(), replace.status(), delete.status())).containsOnly(400);
        assertThat(Policies.problems(create)).containsExactly("reason: is missing");
    }

    @Test
    @DisplayName("POL-13: every address there is is warned of")
    void everythingIsWarnedOf() {
        for (String network : List.of("0.0.0.0/0", "::/0")) {
            JsonNode made = policies.create(
                            Map.of("required", true, "when", Map.of("inside_networks", List.of(network))))
                    .expect(201)
                    .json();

            assertThat(Policies.texts(made.path("warnings")))
                    .singleElement()
                    .asString()
                    .contains("which is every IPv");
        }
    }

    @Test
    @DisplayName("Rules go with the user and the group they are about, with an event for each")
    void rulesGoWithTheirSubjects() {
        Member member = realm.newcomer();
        String group = AdminApi.idOf(realm.admin().post(realm.name() + "/groups", Map.of("name", "staff")));
        String ofUser = created(Map.of("required", true, "scope", Map.of("user", member.username())));
        String ofGroup = created(Map.of("required", true, "scope", Map.of("group", "/staff")));

        realm.admin().delete(realm.name() + "/users/" + member.id()).expect(204);
        realm.admin().delete(realm.name() + "/groups/" + group).expect(204);

        assertThat(policies.list("").path("policies")).isEmpty();
        assertThat(policies.history(ofUser).path(0).path("reason").asText()).isEqualTo("the user was removed");
        assertThat(policies.history(ofGroup).path(0).path("reason").asText()).isEqualTo("the group was removed");
        assertThat(events(ofUser)).endsWith("auth.mfa_policy_deleted");
        assertThat(events(ofGroup)).endsWith("auth.mfa_policy_deleted");
    }

    @Test
    @DisplayName("Rules go with their organization")
    void rulesGoWithTheirOrganization() {
        realm.change(Map.of("organizationsEnabled", true));
        String organization = AdminApi.idOf(realm.admin()
                .post(
                        realm.name() + "/organizations",
                        Map.of(
                                "name", "Acme",
                                "alias", "acme",
                                "domains", List.of(Map.of("name", UUID.randomUUID() + ".example")))));
        String id = created(Map.of("required", true, "scope", Map.of("organization", "acme")));

        realm.admin().delete(realm.name() + "/organizations/" + organization).expect(204);

        assertThat(policies.list("").path("policies")).isEmpty();
        assertThat(policies.history(id).path(0).path("reason").asText()).isEqualTo("the organization was removed");
    }

    @Test
    @DisplayName("A rule follows the client and the role that it names when they are renamed")
    void aRuleFollowsNames() {
        Member member = realm.newcomer();
        realm.admin().post(realm.name() + "/roles", Map.of("name", "payer"));
        String ofClient = created(Map.of("required", true, "when", Map.of("clients", List.of("backend"))));
        String ofRole = created(Map.of("required", true, "when", Map.of("roles", List.of("payer"))));
        JsonNode client =
                realm.admin().get(realm.name() + "/clients?clientId=backend").path(0);

        realm.admin().put(realm.name() + "/clients/" + client.path("id").asText(), Map.of("clientId", "ledger"));
        realm.admin().put(realm.name() + "/roles/payer", Map.of("name", "approver"));

        assertThat(condition(ofClient, "clients")).containsExactly("ledger");
        assertThat(condition(ofRole, "roles")).containsExactly("approver");
        assertThat(policies.decision(member, "client", "ledger")
                        .path("required")
                        .asBoolean())
                .isTrue();
    }

    @Test
    @DisplayName("A rule as the server answered it, warnings and all, may be sent back and simulated as it is")
    void whatIsAnsweredMayBeSentBack() {
        String id = created(Map.of(
                "name",
                "long",
                "required",
                false,
                "scope",
                Map.of("user", realm.newcomer().username()),
                "reason",
                "no phone",
                "owner",
                realm.newcomer().username(),
                "valid_until",
                "2998-01-01T00:00:00Z",
                "when",
                Map.of("inside_networks", List.of("0.0.0.0/0"))));
        Reply answered = policies.read(id).expect(200);
        assertThat(answered.json().path("warnings")).isNotEmpty();

        simulate("{\"rule\":" + answered.body() + "}").expect(200);
        Reply again =
                realm.admin().send("PUT", realm.name() + "/mfa/policies/" + id + "?reason=the+same", answered.body());

        assertThat(again.status()).as(again.body()).isEqualTo(200);
    }

    @Test
    @DisplayName(
            "Who makes an exception of whose end nobody would be reminded is told so, and by which name he made it")
    void nobodyWouldBeReminded() {
        Map<String, Object> exception = new HashMap<>(Map.of(
                "required",
                false,
                "scope",
                Map.of("user", realm.newcomer().username()),
                "reason",
                "no phone",
                "valid_until",
                Instant.now().plusSeconds(86_400).toString()));

        JsonNode made = policies.create(exception).expect(201).json();
        SettingsApi.of(realm)
                .change(Map.of("mfa.events.officers", "officer@example.org"))
                .expect(200);
        JsonNode told = policies.read(made.path("id").asText()).expect(200).json();

        assertThat(made.path("created_by_name").asText()).isEqualTo("admin");
        assertThat(Policies.texts(made.path("warnings")))
                .singleElement()
                .asString()
                .contains("nobody will be reminded");
        assertThat(told.has("warnings")).isFalse();
    }

    @Test
    @DisplayName("A deletion is simulated by its id, also of a rule whose owner and client are gone")
    void aDeletionIsSimulated() {
        Member owner = realm.newcomer();
        Member member = realm.newcomer();
        realm.addClient("passing", Map.of("publicClient", true));
        String required = created(Map.of("required", true));
        String exception = created(Map.of(
                "required",
                false,
                "scope",
                Map.of("user", member.username()),
                "reason",
                "no phone",
                "owner",
                owner.username(),
                "valid_until",
                "2998-01-01T00:00:00Z",
                "when",
                Map.of("clients", List.of("passing"))));
        realm.admin().delete(realm.name() + "/users/" + owner.id()).expect(204);
        String client = realm.admin()
                .get(realm.name() + "/clients?clientId=passing")
                .path(0)
                .path("id")
                .asText();
        realm.admin().delete(realm.name() + "/clients/" + client).expect(204);

        Reply ended = simulate("{\"delete\":\"" + exception + "\"}").expect(200);
        Reply freed = simulate("{\"delete\":\"" + required + "\"}").expect(200);
        Reply unknown = simulate("{\"delete\":\"nothing\"}").expect(400);

        assertThat(ended.json().path("context").path("client").asText()).isEqualTo("passing");
        assertThat(ended.json().path("affected").path(0).path("username").asText())
                .isEqualTo(member.username());
        assertThat(ended.json().path("summary").path("warnings")).isEmpty();
        assertThat(freed.json().path("affected").path(0).path("username").asText())
                .isEqualTo(member.username());
        assertThat(Policies.problems(unknown)).containsExactly("$.delete: want the id of a rule");
        assertThat(policies.read(exception).status()).isEqualTo(200);
    }

    private Reply simulate(String body) {
        return realm.admin().send("POST", realm.name() + "/mfa/simulate", body);
    }

    @Test
    @DisplayName("A decision names the rule that decided and says of every other why it did not")
    void aDecisionIsExplained() {
        Member member = realm.enrolled();
        String general = created(Map.of("name", "everybody", "required", true));
        String own = created(
                Map.of("name", "strong", "required", true, "scope", Map.of("user", member.username()), "max_age", 60));
        String elsewhere = created(Map.of("required", true, "when", Map.of("inside_networks", List.of("10.0.0.0/8"))));
        String watched = created(Map.of(
                "required", true, "state", "REPORT_ONLY", "when", Map.of("clients", List.of("account-console"))));

        JsonNode decision = policies.decision(member, "address", "192.0.2.1");

        assertThat(decision.path("decision").asText()).isEqualTo("CHALLENGE");
        assertThat(decision.path("max_age").asInt()).isEqualTo(60);
        assertThat(decision.path("reasons").path(0).path("rule").asText()).isEqualTo(own);
        assertThat(decision.path("reasons").path(0).path("level").asText()).isEqualTo("USER");
        assertThat(outcome(decision, own)).isEqualTo("DECIDED");
        assertThat(outcome(decision, general)).isEqualTo("OUTRANKED");
        assertThat(outcome(decision, elsewhere)).isEqualTo("SKIPPED condition inside_networks");
        assertThat(outcome(decision, watched)).isEqualTo("SKIPPED state REPORT_ONLY");
    }

    @Test
    @DisplayName("An exception ends by itself, at its last moment")
    void anExceptionEnds() {
        Member member = realm.newcomer();
        created(Map.of("required", true));
        created(Map.of(
                "required",
                false,
                "scope",
                Map.of("user", member.username()),
                "reason",
                "lost phone",
                "valid_until",
                "2998-01-01T00:00:00Z"));

        assertThat(required(member, "2997-12-31T23:59:59.999Z")).isFalse();
        assertThat(required(member, "2998-01-01T00:00:00Z")).isTrue();
    }

    @Test
    @DisplayName("Rules are listed by whom they are about, page by page")
    void rulesAreListed() {
        Member member = realm.newcomer();
        for (int i = 0; i < 5; i++) {
            created(Map.of("required", true, "when", Map.of("inside_networks", List.of("10." + i + ".0.0/16"))));
        }
        String own = created(Map.of("required", true, "scope", Map.of("user", member.username())));

        List<String> seen = new ArrayList<>();
        JsonNode page = policies.list("?max=2");
        while (true) {
            page.path("policies").forEach(rule -> seen.add(rule.path("id").asText()));
            if (page.path("next").isMissingNode()) {
                break;
            }
            page = policies.list("?max=2&after=" + page.path("next").asText());
        }

        assertThat(seen).hasSize(6).doesNotHaveDuplicates();
        assertThat(policies.list("?level=USER").path("policies").findValuesAsText("id"))
                .containsExactly(own);
        assertThat(policies.list("?user=" + member.username()).path("policies")).hasSize(1);
        assertThat(policies.list("?level=GLOBAL").path("policies")).hasSize(5);
        assertThat(realm.admin().tryGet(realm.name() + "/mfa/policies?max=0").status())
                .isEqualTo(400);
        assertThat(realm.admin()
                        .tryGet(realm.name() + "/mfa/policies?level=ALL")
                        .status())
                .isEqualTo(400);
    }

    private String created(Map<String, Object> rule) {
        return policies.create(rule).expect(201).json().path("id").asText();
    }

    private boolean letIn(Member member) {
        return realm.backend().password(member.username(), Member.PASSWORD).granted();
    }

    private boolean required(Member member, String time) {
        return policies.decision(member, "time", time).path("required").asBoolean();
    }

    private List<String> condition(String id, String name) {
        return Policies.texts(policies.read(id).json().path("when").path(name));
    }

    private static String outcome(JsonNode decision, String rule) {
        for (JsonNode entry : decision.path("trace")) {
            if (entry.path("rule").asText().equals(rule)) {
                return (entry.path("outcome").asText() + " "
                                + entry.path("because").asText())
                        .strip();
            }
        }
        return "not traced";
    }

    private List<String> events(String rule) {
        List<String> types = new ArrayList<>();
        for (JsonNode row :
                realm.admin().get(realm.name() + "/mfa/audit?max=500").path("rows")) {
            if (row.path("rule").asText().equals(rule)) {
                types.add(0, row.path("event_type").asText());
            }
        }
        return types;
    }
}
