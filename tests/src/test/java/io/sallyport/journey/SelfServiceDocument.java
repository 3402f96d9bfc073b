package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.URI;
import java.util.Map;

/** What the server says of its own answers under {@code /realms/{realm}/v1}, by OpenAPI. */
record SelfServiceDocument(JsonNode json) {

    static SelfServiceDocument of(MfaRealm realm) {
        return new SelfServiceDocument(Http.get(URI.create(realm.address() + "/v1/openapi"), Map.of())
                .expect(200)
                .json());
    }

    /** Status, media type and form of this answer are among those that it names. */
    void assertDescribes(String method, String path, Reply reply) {
        JsonNode content = json.path("paths")
                .path(path)
                .path(method)
                .path("responses")
                .path(String.valueOf(reply.status()))
                .path("content")
                .path(reply.header("Content-Type").orElse("").split(";", -1)[0]);
        assertThat(content.has("schema"))
                .as("%s %s", reply.status(), reply.body())
                .isTrue();
        assertValid(content.path("schema"), reply);
    }

    /** The answer is one of these. */
    void assertIs(String schema, Reply reply) {
        JsonNode wanted = json.path("components").path("schemas").path(schema);
        assertThat(wanted.isObject()).as(schema).isTrue();
        assertValid(wanted, reply);
    }

    private void assertValid(JsonNode wanted, Reply reply) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.set("components", json.path("components"));
        schema.putArray("allOf").add(wanted);
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(reply.json()))
                .as(reply.body())
                .isEmpty();
    }
}
