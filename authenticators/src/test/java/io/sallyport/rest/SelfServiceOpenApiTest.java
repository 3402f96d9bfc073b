package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The published description names exactly the calls that there are. */
final class SelfServiceOpenApiTest {

    @Test
    void theDescriptionNamesEveryCall() throws IOException {
        Set<String> described = new TreeSet<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(verb -> described.add(verb + " " + path.getKey())));

        assertThat(described).isEqualTo(coded());
    }

    @Test
    void everyReferenceLeadsSomewhere() throws IOException {
        JsonNode document = document();

        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void theDescriptionNamesEveryFieldThatACallTakes() throws IOException {
        Set<String> verify = new TreeSet<>(VerifyCall.FIELDS);
        verify.addAll(ClientProof.FIELDS);

        assertThat(fields("VerifyRequest")).isEqualTo(verify);
        assertThat(fields("EnrollRequest")).isEqualTo(EnrollCall.FIELDS);
        assertThat(fields("ChallengeRequest")).isEqualTo(ChallengeCall.FIELDS);
        assertThat(fields("AuthorizeRequest")).isEqualTo(AuthorizeCall.FIELDS);
    }

    private static Set<String> fields(String schema) throws IOException {
        Set<String> fields = new TreeSet<>();
        document()
                .path("components")
                .path("schemas")
                .path(schema)
                .path("properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        return fields;
    }

    private static Set<String> coded() {
        return Arrays.stream(SelfServiceResource.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Path.class) && !method.isAnnotationPresent(OPTIONS.class))
                .map(method -> verb(method).orElseThrow() + " /"
                        + method.getAnnotation(Path.class).value())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .flatMap(found -> Optional.ofNullable(found.annotationType().getAnnotation(HttpMethod.class)).stream())
                .map(found -> found.value().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static JsonNode document() throws IOException {
        try (InputStream resource = SelfServiceResource.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(resource);
        }
    }
}
