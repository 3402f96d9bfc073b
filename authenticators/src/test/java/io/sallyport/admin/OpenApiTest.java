package io.sallyport.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.event.AuditFilter;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The published description names exactly the calls that there are, with exactly their parameters. */
final class OpenApiTest {

    @Test
    void theDescriptionNamesEveryCallWithItsParameters() throws IOException {
        Map<String, Set<String>> calls = coded("", MfaAdminResource.class);
        calls.put("get /audit", filters("cursor", "max"));
        calls.put("get /audit/export", filters("format"));

        assertThat(described()).isEqualTo(calls);
    }

    /** What {@link AuditRequest} reads by itself, and others. */
    private static Set<String> filters(String... others) {
        Set<String> names = new TreeSet<>(List.of(others));
        names.addAll(List.of("from", "to"));
        for (AuditFilter filter : AuditFilter.values()) {
            names.add(filter.wireName());
        }
        return names;
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

    private static Map<String, Set<String>> described() throws IOException {
        Map<String, Set<String>> calls = new TreeMap<>();
        document()
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    Set<String> parameters = new TreeSet<>();
                    operation.getValue().path("parameters").forEach(parameter -> {
                        if (parameter.path("in").asText().equals("query")) {
                            parameters.add(parameter.path("name").asText());
                        }
                    });
                    calls.put(operation.getKey() + " " + path.getKey(), parameters);
                }));
        return calls;
    }

    private static Map<String, Set<String>> coded(String prefix, Class<?> resource) {
        Map<String, Set<String>> calls = new TreeMap<>();
        for (Method method : resource.getDeclaredMethods()) {
            String path = Optional.ofNullable(method.getAnnotation(Path.class))
                    .map(found -> prefix + "/" + found.value())
                    .orElse(prefix);
            Optional<String> verb = verb(method);
            if (verb.isPresent()) {
                calls.put(verb.get() + " " + path, parameters(method));
            } else if (method.isAnnotationPresent(Path.class)) {
                calls.putAll(coded(path, method.getReturnType()));
            }
        }
        return calls;
    }

    private static Optional<String> verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .flatMap(type -> Optional.ofNullable(type.getAnnotation(HttpMethod.class)).stream())
                .map(found -> found.value().toLowerCase(Locale.ROOT))
                .findFirst();
    }

    private static Set<String> parameters(Method method) {
        return Arrays.stream(method.getParameters())
                .map((Parameter parameter) -> parameter.getAnnotation(QueryParam.class))
                .flatMap(found -> Optional.ofNullable(found).stream())
                .map(QueryParam::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode document() throws IOException {
        try (InputStream resource = MfaAdminResource.class.getResourceAsStream("openapi.json")) {
            return new ObjectMapper().readTree(resource);
        }
    }
}
