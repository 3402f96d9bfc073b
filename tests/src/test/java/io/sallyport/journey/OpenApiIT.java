package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server answers as its own OpenAPI document says. */
@Journey
final class OpenApiIT {

    private static final String ACTION = "approve_payment";

    private final MfaRealm realm;
    private final Member member;
    private final JsonNode document;
    private final String rule;

    OpenApiIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        this.member = realm.newcomer();
        this.document = realm.admin().get(realm.name() + "/mfa/openapi");
        this.rule = Policies.of(realm)
                .create(Map.of(
                        "required",
                        true,
                        "methods",
                        List.of("TOTP"),
                        "max_age",
                        60,
                        "grace",
                        Map.of("days", 3, "skips", 2),
                        "scope",
                        Map.of("user", member.username()),
                        "when",
                        Map.of("inside_networks", List.of("0.0.0.0/0"))))
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    @BeforeAll
    void action() {
        realm.admin()
                .send(
                        "PUT",
                        realm.name() + "/mfa/actions/" + ACTION + "?reason=x",
                        "{\"description\":\"Pay {payee}\",\"fields\":[{\"name\":\"payee\"}],\"methods\":[\"TOTP\"]}")
                .expect(200);
    }

    @Test
    @DisplayName("It is OpenAPI 3.1")
    void itIsOpenApi() {
        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.path("paths")).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {3}")
    @DisplayName("What the server answers has the form that the document says")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "get | /policies | ?max=1 | 200 | {}",
                "get | /policies | ?max=0 | 400 | {}",
                "get | /policies | ?exceptions=true | 200 | {}",
                "get | /policies | ?exceptions=false | 400 | {}",
                "get | /policies | ?exceptions=true&ends_from=2027-01-01T00:00:00Z | 200 | {}",
                "get | /policies | ?ends_from=2027-01-01T00:00:00Z | 400 | {}",
                "get | /policies/document |  | 200 | {}",
                "get | /policies/{id} |  | 200 | {}",
                "get | /policies/{id}/history |  | 200 | {}",
                "get | /actions |  | 200 | {}",
                "put | /actions/{type} | ?reason=x | 400 | {}",
                "put | /actions/{type} | ?reason=x | 409 | {\"description\":\"Pay\",\"version\":7}",
                "get | /actions/{type} |  | 200 | {}",
                "get | /actions/{type}/history |  | 200 | {}",
                "get | /decision | ?user=USER&address=10.0.0.1 | 200 | {}",
                "get | /decision | ?user=USER&trace=decided | 200 | {}",
                "get | /decision | ?user=USER&trace=all | 400 | {}",
                "get | /decision | ?user=nobody | 400 | {}",
                "get | /settings |  | 200 | {}",
                "get | /health |  | 200 | {}",
                "get | /setup |  | 200 | {}",
                "get | /audit | ?max=5 | 200 | {}",
                "get | /audit | ?first=5 | 400 | {}",
                "get | /audit/export | ?format=xml | 400 | {}",
                "get | /audit/export/{id}/manifest |  | 404 | {}",
                "get | /audit/{id}/proof |  | 404 | {}",
                "get | /audit/{id}/proof | ?max=1 | 400 | {}",
                "get | /coverage |  | 200 | {}",
                "get | /coverage | ?by=role | 200 | {}",
                "get | /coverage | ?by=color | 400 | {}",
                "get | /coverage/users | ?state=all | 200 | {}",
                "get | /coverage/users |  | 400 | {}",
                "get | /coverage/history | ?from=2026-01-01 | 200 | {}",
                "get | /coverage/history |  | 400 | {}",
                "get | /evidence |  | 400 | {}",
                "get | /outbox | ?max=5 | 200 | {}",
                "get | /outbox | ?max=501 | 400 | {}",
                "get | /outbox | ?sink=webhook | 400 | {}",
                "get | /outbox | ?max=5&max=6 | 400 | {}",
                "post | /outbox/resend |  | 200 | {\"reason\":\"x\"}",
                "post | /outbox/resend |  | 400 | {\"reason\":\"x\",\"events\":[]}",
                "post | /policies | ?reason=x | 400 | {}",
                "post | /policies | ?reason=x | 409 | {\"required\":true,\"scope\":{\"user\":\"USER\"},\"when\":{\"inside_networks\":[\"0.0.0.0/0\"]}}",
                "put | /policies/document | ?dry_run=true | 200 | {\"rules\":[{\"required\":true}]}",
                "put | /policies/{id} | ?reason=x | 409 | {\"required\":true,\"version\":99}",
                "put | /settings |  | 200 | {\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60}}",
                "put | /settings |  | 409 | {\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":60},\"seen\":{\"mfa.claim.ttl\":\"61\"}}",
                "put | /settings |  | 400 | {\"reason\":\"x\",\"settings\":{\"mfa.claim.ttl\":0}}",
                "post | /simulate |  | 200 | {\"document\":{\"rules\":[{\"required\":true}]}}",
                "post | /simulate |  | 400 | {}",
                "post | /simulate |  | 400 | {\"delete\":\"nothing\"}",
                "post | /setup |  | 200 | {\"reason\":\"x\"}",
                "get | /console |  | 200 | {}",
                "get | /users/{id} |  | 200 | {}",
                "delete | /users/{id}/grace | ?reason=x | 200 | {}",
                "delete | /users/{id}/grace |  | 400 | {}",
                "delete | /users/{id}/sessions | ?reason=x | 200 | {}",
                "delete | /users/{id}/sessions |  | 400 | {}",
                "get | /users/{id}/devices |  | 200 | {}",
                "delete | /users/{id}/devices | ?reason=x | 200 | {}",
                "delete | /users/{id}/devices |  | 400 | {}",
                "post | /users/{id}/unlock |  | 200 | {\"reason\":\"x\"}",
                "post | /users/{id}/unlock |  | 400 | {}",
                "post | /users/{id}/pass |  | 200 | {\"reason\":\"x\"}",
                "post | /users/{id}/pass |  | 400 | {\"reason\":\"x\",\"by_mail\":\"yes\"}",
                "post | /users/{id}/recovery-codes |  | 200 | {\"reason\":\"x\"}",
                "post | /users/{id}/recovery-codes |  | 400 | {}",
                "post | /users/{id}/recovery-codes |  | 400 | {\"reason\":\"x\",\"by_mail\":true}",
            })
    void theAnswerHasItsForm(String method, String path, String query, int status, String body) {
        String address = realm.name() + "/mfa"
                + path.replace("{id}", path.startsWith("/users") ? member.id() : rule)
                        .replace("{type}", ACTION)
                + (query == null ? "" : query.replace("USER", member.username()));

        Reply reply = method.equals("get")
                ? realm.admin().tryGet(address)
                : realm.admin().send(method.toUpperCase(Locale.ROOT), address, body.replace("USER", member.username()));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(violations(method, path, reply)).as(reply.body()).isEmpty();
    }

    private List<String> violations(String method, String path, Reply reply) {
        JsonNode contents = document.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(String.valueOf(reply.status()))
                .path("content");
        String type = reply.header("Content-Type").orElse("").split(";", -1)[0];
        assertThat(contents.has(type)).as(type).isTrue();
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.set("components", document.path("components"));
        schema.putArray("allOf").add(contents.path(type).path("schema"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(reply.json())
                .stream()
                .map(String::valueOf)
                .toList();
    }
}
