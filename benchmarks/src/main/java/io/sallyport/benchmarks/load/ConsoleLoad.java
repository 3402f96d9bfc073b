package io.sallyport.benchmarks.load;

import io.sallyport.journey.Installation;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Our screens in Keycloak's admin console with very many people and rules, in Chromium, beside Keycloak's own list of users. */
final class ConsoleLoad {

    /** No answer of ours is greater, whatever the realm. */
    private static final long MOST_BYTES = 100_000;

    private static final int MOST_ROWS = 150;

    private final Map<String, List<Opened>> found = new LinkedHashMap<>();
    private final LoadServer server;
    /** Those about somebody. */
    private final List<Screen> personal;

    private ConsoleLoad(LoadServer server, List<Screen> personal) {
        this.server = server;
        this.personal = personal;
    }

    /** {@code [people] [rules] [rounds]}; the first round is not counted, for the server compiles itself meanwhile. */
    public static void main(String[] arguments) throws Exception {
        Installation installation = Installation.find();
        Path homes = installation.root().resolve("benchmarks/target/load");
        try (EmbeddedPostgres postgres = LargePostgres.at(homes.resolve("postgres"));
                LoadServer ours = LoadServer.ours(homes.resolve("ours"), installation, postgres)) {
            long begun = System.nanoTime();
            Town town = Town.of(ours, number(arguments, 0, 100_000), 200);
            new TownRules(town).fill(number(arguments, 1, 1_000));
            ours.keycloak().admin().put("master", Map.of("adminTheme", "mfa"));
            print("people and rules put in, in %.0f s%n", (System.nanoTime() - begun) / 1e9);
            Quiet.await();
            Map<String, String> somebody = town.database()
                    .rows("SELECT id, username FROM user_entity WHERE realm_id = '" + town.realmId()
                            + "' AND enabled LIMIT 1")
                    .get(0);
            new ConsoleLoad(
                            ours,
                            List.of(
                                    Screen.user(somebody.getOrDefault("ID", "")),
                                    Screen.whatif(somebody.getOrDefault("USERNAME", ""))))
                    .run(number(arguments, 2, 4));
        }
    }

    private void run(int rounds) throws IOException {
        round();
        found.clear();
        for (int i = 1; i < rounds; i++) {
            round();
        }
        found.forEach((name, times) -> print("%s: %s%n", name, Opened.median(times)));
        found.forEach((name, times) -> times.forEach(one -> refuseAll(name, one)));
    }

    private void round() throws IOException {
        try (ConsoleBrowser browser = ConsoleBrowser.open(server.keycloak().address())) {
            note("stock, cold", () -> browser.open(Screen.STOCK, true));
            note("stock, warm", () -> browser.open(Screen.STOCK, false));
            List<Screen> screens = new ArrayList<>(Screen.OURS);
            screens.addAll(personal);
            for (Screen screen : screens) {
                note(screen.path() + ", cold", () -> browser.open(screen, true));
                note(screen.path() + ", warm", () -> browser.open(screen, false));
            }
            browser.open(Screen.OURS.get(0), false);
            for (int i = 1; i <= Screen.OURS.size(); i++) {
                Screen screen = Screen.OURS.get(i % Screen.OURS.size());
                note(screen.path() + ", by a click", () -> browser.click(screen, screen.tab()));
            }
        }
    }

    private void note(String name, Supplier<Opened> opening) {
        String key = name.replaceFirst("users/[^/]+/", "user/").replaceFirst("user=\\w+", "user=…");
        found.computeIfAbsent(key, none -> new ArrayList<>()).add(opening.get());
    }

    /** Nothing loads everything: not the people, not the rules; and nothing is loaded from anywhere else. */
    private static void refuseAll(String name, Opened opened) {
        if (opened.greatest() > MOST_BYTES || opened.rows() > MOST_ROWS || opened.elsewhere() > 0) {
            throw new IllegalStateException(name + " loads too much, want " + MOST_BYTES + " bytes and " + MOST_ROWS
                    + " rows at most, and nothing from elsewhere: " + opened);
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }

    private static int number(String[] arguments, int place, int usual) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : usual;
    }
}
