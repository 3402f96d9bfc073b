package io.sallyport.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Each line about a standard is covered by tests that are named, or says that it is not, or whose matter it is. */
final class StandardsTest {

    /** How many requirements the sections of ASVS 5.0.0 have. */
    private static final Map<String, Integer> ASVS = new TreeMap<>(Map.ofEntries(
            Map.entry("V6.1", 3),
            Map.entry("V6.2", 12),
            Map.entry("V6.3", 8),
            Map.entry("V6.4", 6),
            Map.entry("V6.5", 8),
            Map.entry("V6.6", 4),
            Map.entry("V6.7", 2),
            Map.entry("V6.8", 4),
            Map.entry("V7.1", 3),
            Map.entry("V7.2", 4),
            Map.entry("V7.3", 2),
            Map.entry("V7.4", 5),
            Map.entry("V7.5", 3),
            Map.entry("V7.6", 2),
            Map.entry("V16.1", 1),
            Map.entry("V16.2", 5),
            Map.entry("V16.3", 4),
            Map.entry("V16.4", 3),
            Map.entry("V16.5", 4)));

    private static final Pattern TEST = Pattern.compile("[A-Z][A-Za-z0-9]*(IT|Test)\\b|\\b[A-Z]+-\\d+\\b");
    private static final List<String> VERDICTS =
            List.of("covered", "partly", "document", "Keycloak", "deployment", "no");

    private final Documents documents = Documents.read();

    @Test
    void everyRequirementOfAsvsHasItsLine() {
        List<String> wanted = new ArrayList<>();
        ASVS.forEach((section, count) -> {
            for (int i = 1; i <= count; i++) {
                wanted.add(section + "." + i);
            }
        });

        assertThat(Documents.rows(documents.page("docs/asvs.md"))
                        .map(cells -> cells.get(0))
                        .filter(cell -> cell.startsWith("V")))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void whatIsCoveredNamesItsTests() {
        assertThat(List.of("docs/asvs.md", "docs/nist-800-63b-4.md"))
                .allSatisfy(file -> assertThat(Documents.rows(documents.page(file))
                                .filter(cells -> cells.get(0).matches("V?\\d.*")))
                        .isNotEmpty()
                        .allSatisfy(cells -> {
                            String verdict = cells.get(2);
                            assertThat(cells).as("%s", cells).hasSize(5);
                            assertThat(verdict).as("%s", cells).isIn(VERDICTS);
                            if (verdict.equals("covered") || verdict.equals("partly")) {
                                assertThat(cells.get(4)).as("%s", cells).containsPattern(TEST);
                            }
                            if (!verdict.equals("covered")) {
                                assertThat(cells.get(3)).as("%s", cells).isNotBlank();
                            }
                        }));
    }

    @Test
    void everyThreatHasAMeasureAndATest() {
        assertThat(Documents.rows(documents.page("docs/threat-model.md"))
                        .filter(cells -> cells.get(0).matches("T\\d+")))
                .hasSizeGreaterThan(20)
                .allSatisfy(cells -> assertThat(cells.get(3)).as("%s", cells).containsPattern(TEST));
    }
}
