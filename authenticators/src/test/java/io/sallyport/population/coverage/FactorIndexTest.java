package io.sallyport.population.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.factor.CredentialTypes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The index of factors on PostgreSQL. */
final class FactorIndexTest {

    private static final Pattern TYPES = Pattern.compile("WHERE TYPE IN \\(([^)]*)\\)");

    @Test
    @DisplayName("It has the credentials of all types that are factors: without one of them no statement could use it")
    void allTypes() throws IOException {
        Matcher types = TYPES.matcher(changelog());

        assertThat(types.find()).isTrue();
        assertThat(Arrays.stream(types.group(1).split(", ", -1)).map(type -> type.replace("'", "")))
                .containsExactlyInAnyOrderElementsOf(CredentialTypes.all());
    }

    private static String changelog() throws IOException {
        try (InputStream in = FactorIndexTest.class.getResourceAsStream("/META-INF/sallyport-verify-changelog.xml")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
