package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Somebody broke a row of the policy or of the settings: what can't be read never means "not required". */
@Journey
final class BrokenPolicyIT {

    private final KeycloakServer server;
    private final Database database;

    BrokenPolicyIT(KeycloakServer server) {
        this.server = server;
        this.database = server.database();
    }

    @Test
    @DisplayName("Bad input: where a rule can't be read MFA is required, and the log names the realm")
    void anUnreadableRuleMeansRequired() {
        Map<String, Object> nobody = Rules.document(Map.of("name", "nobody", "required", false));
        for (String broken : List.of("{\"required\":", "{\"name\":\"x\",\"required\":\"perhaps\"}", "[]")) {
            MfaRealm realm = MfaRealm.setUp(server, Map.of(), nobody);
            Member member = realm.enrolled();
            Member newcomer = realm.newcomer();
            Map<String, String> row = ruleOf(realm);
            assertThat(password(realm, newcomer).granted()).isTrue();

            write(realm, row.get("ID"), broken);

            assertRequired(password(realm, newcomer));
            assertRequired(password(realm, member));
            assertThat(realm.password(new Browser(), realm.web().signIn(), newcomer))
                    .isInstanceOf(EnrollTotpPage.class);
            assertMfa(realm.signIn(new Browser(), member).claims());
            assertThat(errorsAbout(realm)).isNotEmpty();
            write(realm, row.get("ID"), row.get("DOCUMENT"));
            assertThat(password(realm, newcomer).granted()).isTrue();
        }
    }

    @Test
    @DisplayName("Bad input: a setting out of bounds or of no sense lets nobody in, and the log names it")
    void aBrokenSettingLetsNobodyIn() {
        Map<String, String> broken = Map.of(
                "mfa.claim.ttl", "0",
                "mfa.enabled", "perhaps",
                "mfa.lockout.threshold", "2147483648");
        broken.forEach((name, value) -> {
            MfaRealm realm =
                    MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60", "mfa.lockout.threshold", "4"), Rules.FOR_ALL);
            Visitor visitor = new Visitor(realm);
            String before = storedSetting(realm, name);

            store(realm, name, value);

            visitor.getsNothing();
            assertThat(errorsAbout(realm)).anyMatch(line -> line.contains(name));
            store(realm, name, before);
            visitor.getsIn();
        });
    }

    private List<String> errorsAbout(MfaRealm realm) {
        return server.log()
                .lines()
                .filter(line -> line.contains("ERROR") && line.contains(realm.name()))
                .toList();
    }

    /** Rules are kept in memory by the state of the policy; a state that none leads to makes the server read them again. */
    private void write(MfaRealm realm, String rule, String document) {
        database.update("UPDATE MFA_POLICY_RULE SET DOCUMENT = ? WHERE ID = ?", document, rule);
        String generation = UUID.randomUUID().toString();
        database.update("UPDATE MFA_POLICY_REVISION SET GENERATION = ? WHERE REALM_ID = ?", generation, id(realm));
        realm.change(Map.of("displayName", generation));
    }

    private static TokenReply password(MfaRealm realm, Member member) {
        return realm.backend().password(member.username(), Member.PASSWORD);
    }

    private static void assertRequired(TokenReply reply) {
        assertThat(reply.granted()).as(reply.describe()).isFalse();
        assertThat(reply.status()).as(reply.describe()).isEqualTo(403);
        assertThat(reply.error()).isEqualTo("mfa_required");
    }

    private Map<String, String> ruleOf(MfaRealm realm) {
        List<Map<String, String>> rows =
                database.rows("SELECT ID, DOCUMENT FROM MFA_POLICY_RULE WHERE REALM_ID = ?", id(realm));
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private String storedSetting(MfaRealm realm, String name) {
        return database.rows("SELECT SETTING_VALUE FROM MFA_SETTING WHERE REALM_ID = ? AND NAME = ?", id(realm), name)
                .get(0)
                .get("SETTING_VALUE");
    }

    /** Settings are kept beside the cached realm: a change of the realm makes the server read them again. */
    private void store(MfaRealm realm, String name, String value) {
        int rows = database.update(
                "UPDATE MFA_SETTING SET SETTING_VALUE = ? WHERE REALM_ID = ? AND NAME = ?", value, id(realm), name);
        assertThat(rows).isEqualTo(1);
        realm.change(Map.of("displayName", name + " = " + value));
    }

    private static String id(MfaRealm realm) {
        return realm.admin().get(realm.name()).path("id").asText();
    }

    /** Somebody enrolled who tries all doors, with nothing but the password and with a code. */
    private static final class Visitor {

        private final MfaRealm realm;
        private final Member member;
        private final Browser before = new Browser();
        private final Tokens tokens;

        Visitor(MfaRealm realm) {
            this.realm = realm;
            this.member = realm.enrolled();
            this.tokens = realm.signIn(before, member);
        }

        void getsNothing() {
            assertRefused(realm.backend().password(member.username(), Member.PASSWORD));
            assertRefused(realm.backend()
                    .password(member.username(), Member.PASSWORD, member.phone().nextCode()));
            assertRefused(realm.web().refresh(tokens.refresh().orElseThrow()));
            assertQuiet(realm.password(new Browser(), realm.web().signIn(), member));
            assertQuiet(before.open(realm.shop().signIn().address()));
        }

        void getsIn() {
            assertThat(realm.backend()
                            .password(member.username(), Member.PASSWORD)
                            .error())
                    .isEqualTo("mfa_required");
            realm.signIn(new Browser(), member);
        }

        private static void assertRefused(TokenReply reply) {
            assertThat(reply.granted()).as(reply.describe()).isFalse();
            assertThat(reply.status()).as(reply.describe()).isEqualTo(503);
            assertThat(reply.error()).isEqualTo("mfa_unavailable");
            assertThat(reply.reply().body()).doesNotContain("Exception", "io.sallyport", "MFA_");
        }

        private static void assertQuiet(Page page) {
            ErrorPage refused = page.as(ErrorPage.class);
            assertThat(refused.html().reply().body()).doesNotContain("Exception", "io.sallyport", "MFA_");
        }
    }
}
