package io.sallyport.themes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TemplatesTest {

    private static final Pattern TEXT = Pattern.compile("msg\\(\"([^\"]+)\"");
    private static final Pattern FILES = Pattern.compile("/mfa/([^/\"$]+)\"");
    private static final Pattern FILE = Pattern.compile("\\$\\{files}/([\\w.-]+)");

    private final Map<String, String> templates = Bundles.templates();

    @Test
    void thePagesThatTheJavaSideNamesAreThere() {
        assertThat(templates)
                .containsOnlyKeys(
                        "mfa-approve-refused.ftl",
                        "mfa-ask-email-code.ftl",
                        "mfa-ask-recovery-code.ftl",
                        "mfa-ask-temporary-pass.ftl",
                        "mfa-ask-sms-otp.ftl",
                        "mfa-ask-totp.ftl",
                        "mfa-ask-webauthn.ftl",
                        "mfa-challenge.ftl",
                        "mfa-choose.ftl",
                        "mfa-devices.ftl",
                        "mfa-enroll-choose.ftl",
                        "mfa-enroll-sms.ftl",
                        "mfa-enroll-totp.ftl",
                        "mfa-enroll-webauthn.ftl",
                        "mfa-grace.ftl",
                        "mfa-recovery-codes.ftl",
                        "mfa-recovery-renew.ftl",
                        "mfa-parts.ftl",
                        "html/mfa-email-code.ftl",
                        "html/mfa-alert.ftl",
                        "html/mfa-codes.ftl",
                        "html/mfa-notice.ftl",
                        "html/mfa-pass.ftl",
                        "text/mfa-email-code.ftl",
                        "text/mfa-alert.ftl",
                        "text/mfa-codes.ftl",
                        "text/mfa-notice.ftl",
                        "text/mfa-pass.ftl");
    }

    @Test
    void everyTextOfAPageIsInTheBundle() {
        assertThat(templates)
                .allSatisfy((name, template) ->
                        assertThat(Bundles.all().get("en").keySet()).as(name).containsAll(texts(template)));
    }

    /** Browsers keep the files for 30 days; only a new path brings them a new version. */
    @Test
    void styleAndScriptAreWhereThePagesLookUnderTheVersionOfTheBuild() {
        var parts = templates.get("mfa-parts.ftl");
        var version = FILES.matcher(parts).results().findFirst().orElseThrow().group(1);

        Stream<String> shipped = Bundles.files("resources")
                .map(Path::toString)
                .map(path -> path.substring(path.lastIndexOf("/mfa/") + "/mfa/".length()))
                .filter(path -> path.indexOf('/') == path.lastIndexOf('/')); // those of the consoles lie deeper

        assertThat(version).matches("\\d.*");
        assertThat(shipped)
                .containsExactlyInAnyOrderElementsOf(FILE.matcher(parts)
                        .results()
                        .map(match -> version + "/" + match.group(1))
                        .toList());
    }

    /** A content security policy without 'unsafe-inline' must not break a page. */
    @Test
    void noPageHasScriptOrStyleInline() {
        assertThat(templates)
                .allSatisfy((name, template) -> assertThat(template)
                        .as(name)
                        .doesNotContainPattern(
                                "(?i)\\son[a-z]+=|javascript:|\\sstyle=|<style|<script(?![^>]*\\ssrc=)"));
    }

    /** FreeMarker escapes everything in an .ftl file unless told not to. */
    @Test
    void noPageTurnsEscapingOff() {
        assertThat(templates)
                .allSatisfy((name, template) -> assertThat(template)
                        .as(name)
                        .doesNotContain("?no_esc", "<#noautoesc", "<#outputformat", "kcSanitize"));
    }

    private static Set<String> texts(String template) {
        var keys = new TreeSet<String>();
        TEXT.matcher(template).results().forEach(match -> keys.add(match.group(1)));
        keys.remove("username"); // Keycloak's own
        return keys;
    }
}
