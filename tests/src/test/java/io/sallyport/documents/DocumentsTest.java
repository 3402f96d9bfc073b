package io.sallyport.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.documents.Documents.Page;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Documents name only what is there: files, headings, options, tests, cases. */
final class DocumentsTest {

    private static final Documents DOCUMENTS = Documents.read();
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern TEST =
            Pattern.compile("\\b([A-Z][A-Za-z0-9]*[a-z0-9](?:IT|Test))\\b(?:[#.]([a-z]\\w+))?");
    private static final Pattern OPTION = Pattern.compile("--spi-[a-z-]+?--([a-z-]+?)--([a-z-]+)");
    private static final Pattern NAMED_PATH = Pattern.compile(
            "`((?:docs|docker|tests|authenticators|policy-spi|event-listener|themes|benchmarks|examples|resource-server"
                    + "|verifier|sink-kafka|\\.ci)/[^`<>*{}… ]*)`");

    @Test
    void everyLinkLeadsToAFileAndAHeading() {
        assertThat(dangling(LINK, page -> link -> link.group(1).matches("[a-z]+:.*") || leads(page, link.group(1))))
                .isEmpty();
    }

    /** By the names of its provider and of the option in it, which the code reads it by. */
    @Test
    void everyOptionOfTheServerIsRead() {
        String code = DOCUMENTS.code();

        assertThat(dangling(
                        OPTION,
                        page -> option -> code.contains('"' + option.group(1) + '"')
                                && code.contains('"' + option.group(2) + '"')))
                .isEmpty();
    }

    @Test
    void everyTestThatIsNamedIsThere() {
        assertThat(dangling(TEST, page -> DocumentsTest::isTest)).isEmpty();
    }

    @Test
    void everyCaseThatIsNamedIsTested() {
        assertThat(dangling(Documents.CASE, page -> id -> DOCUMENTS.cases().contains(id.group())))
                .isEmpty();
    }

    /** But for what a build or secrets.sh makes. */
    @Test
    void everyPathThatIsNamedIsThere() {
        assertThat(dangling(
                        NAMED_PATH,
                        page -> path -> path.group(1).contains("target")
                                || path.group(1).startsWith("docker/secrets/")
                                || DOCUMENTS.exists(Path.of(path.group(1)))))
                .isEmpty();
    }

    @Test
    void everyAdrIsNumberedOnce() {
        List<String> numbers = DOCUMENTS.pages().stream()
                .map(page -> page.file().toString())
                .filter(file -> file.startsWith("docs/adr/"))
                .map(file -> file.substring(9, 13))
                .toList();

        assertThat(numbers).isNotEmpty().doesNotHaveDuplicates();
    }

    /** What a pattern finds in all pages and is not there. */
    private static List<String> dangling(Pattern pattern, Function<Page, Function<MatchResult, Boolean>> isThere) {
        List<Page> pages = DOCUMENTS.pages();
        assertThat(pages.stream().flatMap(page -> page.find(pattern).stream())).isNotEmpty();
        return pages.stream()
                .flatMap(page -> page.find(pattern).stream()
                        .filter(found -> !isThere.apply(page).apply(found))
                        .map(found -> page + " names " + found.group()))
                .toList();
    }

    private static boolean leads(Page page, String link) {
        String[] fileAndHeading = link.split("#", 2);
        Path target = fileAndHeading[0].isEmpty()
                ? page.file()
                : page.file().resolveSibling(fileAndHeading[0]).normalize();
        boolean heading = fileAndHeading.length == 2 && target.toString().endsWith(".md");
        return DOCUMENTS.exists(target)
                && (!heading || DOCUMENTS.page(target.toString()).anchors().contains(fileAndHeading[1]));
    }

    private static boolean isTest(MatchResult name) {
        String source = DOCUMENTS.tests().get(name.group(1));
        return source != null
                && Stream.ofNullable(name.group(2))
                        .allMatch(method -> method.equals("java") || source.contains("void " + method + "("));
    }
}
