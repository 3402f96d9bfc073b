package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The screens in the admin console in the other languages: nothing is left in English, and nothing is too long for its place. */
@Journey
final class ConsoleLanguagesIT {

    private static final Path TEXTS = Path.of("themes/src/main/resources/theme/mfa/admin/messages");

    /** Where each part is there. */
    private static final Map<String, String> PARTS = parts();

    /** What stands there by itself, without what lies in it. */
    private static final String WORDS = "const ours = document.querySelector('mfa-realm-page, mfa-user-panel');"
            + "const walk = document.createTreeWalker(ours, NodeFilter.SHOW_TEXT); const words = [];"
            + "while (walk.nextNode()) { const text = walk.currentNode.data.trim(); if (text) words.push(text); }"
            + "document.body.dataset.words = JSON.stringify([...new Set(words)]);";

    /** What is wider than the window, but for what can be moved in its own frame, and words that leave what they stand in. */
    private static final String OUTSIDE = "const edge = document.documentElement.clientWidth + 1;"
            + "const moves = element => element.closest('pre, .mfa-json, .u-screen-reader, [class*=screen-reader]');"
            + "document.body.dataset.outside = JSON.stringify([...document.querySelectorAll('mfa-realm-page *, mfa-user-panel *')]"
            + ".filter(element => element.checkVisibility() && !moves(element) && (element.getBoundingClientRect().right > edge"
            + " || element.matches('button, a, .mfa-label, h1, h2') && element.scrollWidth > element.clientWidth + 1"
            + " && getComputedStyle(element).display !== 'inline'))"
            + ".map(element => element.outerHTML.slice(0, 120)));";

    private final MfaRealm realm;
    private final Member subject;

    ConsoleLanguagesIT(KeycloakServer server) {
        realm = MfaRealm.setUp(server, Map.of(), Rules.document(Map.of("name", "nobody", "required", false)));
        realm.change(Map.of(
                "adminTheme",
                "mfa",
                "internationalizationEnabled",
                true,
                "supportedLocales",
                List.of("en", "de", "fr", "es"),
                "defaultLocale",
                "en"));
        subject = realm.enrolled();
    }

    @ParameterizedTest
    @DisplayName("Every screen is all in the reader's language and fits a window of 800 pixels")
    @ValueSource(strings = {"de", "fr", "es"})
    void aLanguage(String language) throws IOException {
        Member admin = realm.enrolled();
        Roles.of(realm).grant(admin.id(), "realm-admin");
        realm.changeUser(admin, Map.of("attributes", Map.of("locale", List.of(language))));
        Set<String> english = texts("en");
        english.removeAll(texts(language));
        try (Chromium browser = Chromium.open("console-" + language)) {
            browser.visit(console("mfa"));
            Visitor.at(browser).password(admin);
            browser.await("[data-testid='mfa-coverage']");
            browser.width(800);
            for (Map.Entry<String, String> part : PARTS.entrySet()) {
                browser.run("location.hash = '#/" + realm.name() + "/"
                        + part.getKey().formatted(subject.id()) + "'");
                browser.await(part.getValue());
                browser.awaitGone(".mfa-skeleton");
                browser.run(WORDS + OUTSIDE);
                browser.await("body[data-words]");
                assertThat(told(browser, "data-words"))
                        .as("%s in %s", part.getKey(), language)
                        .isNotEmpty()
                        .doesNotContainAnyElementsOf(english)
                        .noneMatch(word -> word.matches("(?!mfa|acr|auth)[a-z]+(\\.[a-zA-Z_]+)+"));
                assertThat(told(browser, "data-outside"))
                        .as("%s in %s", part.getKey(), language)
                        .isEmpty();
            }
            browser.press("[data-testid='mfa-pass']");
            browser.await("dialog [name=reason]");
            browser.assertAccessible("dialog");
        }
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("mfa/overview", "[data-testid='mfa-health']");
        parts.put("mfa/policy", ".mfa-rule");
        parts.put("mfa/policy?do=new", "[data-testid='mfa-rule-form']");
        parts.put("mfa/exceptions", "mfa-realm-page .mfa-empty");
        parts.put("mfa/whatif", "[data-testid='mfa-ask']");
        parts.put("mfa/actions?do=new", "[data-testid='mfa-action-form']");
        parts.put("mfa/audit", ".mfa-row");
        parts.put("mfa/settings", "[name='mfa.claim.ttl']");
        parts.put("mfa/setup", "[data-testid='mfa-undo']");
        parts.put("users/%s/mfa", "[data-testid='mfa-pass']");
        return parts;
    }

    private static List<String> told(Chromium browser, String name) throws IOException {
        return Json.read(String.valueOf(browser.await("body").getDomAttribute(name)))
                .valueStream()
                .map(one -> one.asText())
                .toList();
    }

    /** Texts without names to fill in. */
    private static Set<String> texts(String language) {
        Properties texts = new Properties();
        Path file = Installation.find().root().resolve(TEXTS).resolve("messages_" + language + ".properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            texts.load(reader);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Set<String> all = new TreeSet<>();
        texts.stringPropertyNames().stream()
                .map(texts::getProperty)
                .filter(text -> !text.contains("{"))
                .forEach(all::add);
        return all;
    }

    private String console(String path) {
        return realm.server().address() + "/admin/" + realm.name() + "/console/#/" + realm.name() + "/" + path;
    }
}
