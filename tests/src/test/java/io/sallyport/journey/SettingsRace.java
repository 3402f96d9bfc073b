package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

/** Two administrators save settings on two nodes at the same instant. */
final class SettingsRace {

    private static final String CLAIM = "mfa.claim.ttl";
    private static final String PASS = "mfa.pass.ttl";

    private final SettingsApi first;
    private final SettingsApi second;
    private final MfaRealm realm;

    SettingsRace(TwoNodes nodes) {
        this.realm = MfaRealm.strict(nodes.first());
        this.first = SettingsApi.of(realm);
        this.second = SettingsApi.of(realm.on(nodes.second()));
        first.change(Map.of(CLAIM, "60", PASS, "600")).expect(200);
        second.read(); // so that both are at home on their nodes
    }

    /** Both saw the same; one of them saves, the other one is told so. */
    void sameSeen(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            String seen = value(CLAIM);
            String one = String.valueOf(100 + 2 * round);
            String other = String.valueOf(101 + 2 * round);

            List<Reply> replies = Together.run(
                    List.of(() -> first.change(seeing(one, seen)), () -> second.change(seeing(other, seen))));

            assertThat(replies)
                    .extracting(Reply::status)
                    .as("round %s: %s", round, replies)
                    .containsExactlyInAnyOrder(200, 409);
            assertThat(value(CLAIM)).isEqualTo(replies.get(0).status() == 200 ? one : other);
            assertThat(changesFrom(seen)).isEqualTo(1);
        }
    }

    /** Each changes another setting and says nothing of what he saw: both are in force. */
    void different(int rounds) throws Exception {
        for (int round = 0; round < rounds; round++) {
            String claim = String.valueOf(1_000 + round);
            String pass = String.valueOf(2_000 + round);

            List<Reply> replies = Together.run(
                    List.of(() -> first.change(Map.of(CLAIM, claim)), () -> second.change(Map.of(PASS, pass))));

            assertThat(replies).extracting(Reply::status).containsOnly(200);
            assertThat(value(CLAIM)).as("round %s", round).isEqualTo(claim);
            assertThat(value(PASS)).as("round %s", round).isEqualTo(pass);
        }
    }

    private static String seeing(String value, String seen) {
        return Json.write(Map.of("reason", "a race", "settings", Map.of(CLAIM, value), "seen", Map.of(CLAIM, seen)));
    }

    private String value(String name) {
        return first.one(name).path("value").asText();
    }

    private long changesFrom(String before) {
        long changes = 0;
        for (var row : realm.admin()
                .get(realm.name() + "/mfa/audit?type=auth.mfa_settings_changed")
                .path("rows")) {
            boolean ofThis = row.path("details").path("setting").asText().equals(CLAIM);
            changes += ofThis && row.path("details").path("before").asText().equals(before) ? 1 : 0;
        }
        return changes;
    }
}
