package io.sallyport.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.aerogear.security.otp.api.Base32;

/** The realm {@code acme} as its import file tells it. */
record DemoRealm(Path file, JsonNode json) {

    static final String NAME = "acme";

    /** Of the client acme-backend, in the import file too; for the demo only. */
    static final String BACKEND_SECRET = "demo-only-backend-secret";

    static DemoRealm in(Path root) {
        Path file = root.resolve("docker/demo/acme-realm.json");
        try {
            return new DemoRealm(file, Json.read(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The people, without the service accounts. */
    List<Person> people() {
        List<Person> people = new ArrayList<>();
        for (JsonNode user : json.path("users")) {
            if (!user.has("serviceAccountClientId")) {
                people.add(new Person(user.path("username").asText(), name(user), totp(user)));
            }
        }
        return people;
    }

    /** The people who have TOTP enrolled. */
    List<Person> enrolled() {
        return people().stream().filter(person -> person.secret().isPresent()).toList();
    }

    /** The first address that this client may be sent back to. */
    URI redirectUri(String clientId) {
        for (JsonNode client : json.path("clients")) {
            if (client.path("clientId").asText().equals(clientId)) {
                return URI.create(client.path("redirectUris").path(0).asText().replace("*", ""));
            }
        }
        throw new IllegalStateException(file + " has no client " + clientId);
    }

    private static String name(JsonNode user) {
        return (user.path("firstName").asText() + " " + user.path("lastName").asText()).strip();
    }

    /** Keycloak stores the secret as a text in JSON in a text; apps want the Base32 of its bytes. */
    private static Optional<String> totp(JsonNode user) {
        for (JsonNode credential : user.path("credentials")) {
            if (credential.path("type").asText().equals("otp")) {
                JsonNode data = Json.read(credential.path("credentialData").asText());
                String value = Json.read(credential.path("secretData").asText())
                        .path("value")
                        .asText();
                boolean base32 = data.path("secretEncoding").asText().equals("BASE32");
                return Optional.of(base32 ? value : Base32.encode(value.getBytes(US_ASCII)));
            }
        }
        return Optional.empty();
    }
}
