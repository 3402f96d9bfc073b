package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our screens hang on in Keycloak's admin console is there in each build of it that we say to support. */
@Journey
final class ConsoleBuildsIT {

    private final KeycloakServer server;
    private final MfaRealm realm;
    private final Member admin;
    private final Member subject;

    ConsoleBuildsIT(KeycloakServer server) {
        this.server = server;
        this.realm = MfaRealm.setUp(server, Map.of(), Rules.document(Map.of("name", "nobody", "required", false)));
        this.admin = realm.enrolled();
        this.subject = realm.enrolled();
        Roles.of(realm).grant(admin.id(), "realm-admin");
    }

    @ParameterizedTest
    @DisplayName("Entry of the navigation, page, tab, panel and the console's own token are found")
    @ValueSource(strings = {"26.7.0", "26.7.3", "26.7.4"})
    void anchorsAreFound(String build) throws IOException {
        String theme = "console-" + build;
        install(theme, build);
        realm.change(Map.of("adminTheme", theme));
        try (Chromium browser = Chromium.open(theme)) {
            // without the console's own token there is a frame for a silent sign-in
            browser.beforeEachPage("window.frames_ = 0; new MutationObserver(all => all.forEach(one =>"
                    + " one.addedNodes.forEach(node => { if (node.tagName === 'IFRAME' && node.hidden) window.frames_++; })))"
                    + ".observe(document, { childList: true, subtree: true });");
            look(browser);
            assertThat(browser.texts("script[src*='/admin/" + theme + "/']")).isNotEmpty();
            browser.run("document.body.dataset.frames = String(window.frames_)");
            browser.await("body[data-frames='0']");
        }
    }

    @Test
    @DisplayName("Where the console's own token is not found, a silent sign-in takes its place")
    void theTokenOfASilentSignIn() throws IOException {
        realm.change(Map.of("adminTheme", "mfa"));
        try (Chromium browser = Chromium.open("console-silent")) {
            browser.beforeEachPage("const keys = Object.keys; Object.keys ="
                    + " of => keys(of).filter(name => !name.startsWith('__reactContainer$'));");
            look(browser);
        }
    }

    private void look(Chromium browser) throws IOException {
        browser.visit(console("users/" + subject.id() + "/settings"));
        Visitor.at(browser).password(admin);
        browser.await("#mfa-tab").click();
        browser.await("mfa-user-panel .mfa-table");
        browser.await("#nav-item-mfa").click();
        browser.await("mfa-realm-page [data-testid='mfa-coverage']");
    }

    private String console(String path) {
        return server.address() + "/admin/" + realm.name() + "/console/#/" + realm.name() + "/" + path;
    }

    /** That build's theme as a folder of the server, with the two lines of ours; files of the pack are found under every theme. */
    private void install(String theme, String build) throws IOException {
        Path from = Installation.find().root().resolve("tests/target/consoles/" + build + "/theme/keycloak.v2/admin");
        Path home = server.keys().orElseThrow().getParent().getParent();
        Path to = Files.createDirectories(home.resolve("themes/" + theme)).resolve("admin");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(copy)) {
                    Files.copy(file, copy);
                }
            }
        }
        StringBuilder lines = new StringBuilder("\n");
        for (String name : new String[] {"scripts.mfa", "styles.mfa"}) {
            lines.append(name).append('=').append(ours(name)).append('\n');
        }
        Files.writeString(to.resolve("theme.properties"), lines, StandardOpenOption.APPEND);
    }

    private static String ours(String name) throws IOException {
        Properties properties = new Properties();
        try (JarFile jar = new JarFile(Installation.find().jar().toFile());
                InputStream in = jar.getInputStream(jar.getEntry("theme/mfa/admin/theme.properties"))) {
            properties.load(in);
        }
        return String.valueOf(properties.getProperty(name));
    }
}
