package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sign-in with TOTP asks of the database when everything that may be known is known: exact numbers, no times. */
@Journey
final class SignInStatementsIT {

    /** So many have taken each step while the server did nothing else, which a slow machine seldom allows. */
    private static final int UNDISTURBED = 3;

    private static final int MOST_MEMBERS = 100;

    private final KeycloakServer server;
    private final StatementCount count;

    SignInStatementsIT(PostgresServer server) {
        this.server = server.keycloak();
        this.count = StatementCount.in(this.server.database());
    }

    /** One member on his way from the application and back to it, who has been there before. */
    private static final class Walk {
        private final Browser browser = new Browser();
        private final SignIn signIn;
        private final Member member;
        private Page page;
        private Tokens tokens = new Tokens("", Optional.empty(), Optional.empty());

        Walk(MfaRealm realm) {
            this.member = realm.enrolled();
            realm.signIn(new Browser(), member);
            this.signIn = realm.web().signIn();
            this.page = browser.open(signIn.address());
        }
    }

    @ParameterizedTest(name = "{0} rules")
    @DisplayName("R-28: statements and transactions of each step of a warm sign-in, however many rules there are")
    @ValueSource(ints = {10, 100_000})
    void aWarmSignIn(int rules) {
        MfaRealm realm = MfaRealm.strict(server);
        ManyRules.of(server, realm).users(rules - rules / 10).groups(rules / 10);

        Map<String, StatementCount.Calls> each = each(realm, steps(realm));

        SoftAssertions costs = new SoftAssertions();
        assertCost(costs, each, "password", 1, 1);
        assertCost(costs, each, "code", 15, 3);
        assertCost(costs, each, "token", 8, 1);
        assertCost(costs, each, "refresh", 7, 1);
        assertCost(costs, each, "userinfo", 1, 1);
        assertCost(costs, each, "introspection", 1, 1);
        costs.assertAll();
    }

    private static Map<String, Consumer<Walk>> steps(MfaRealm realm) {
        OidcClient inspector = inspector(realm);
        Map<String, Consumer<Walk>> steps = new LinkedHashMap<>();
        steps.put(
                "password",
                walk -> walk.page = walk.page.as(LoginPage.class).signIn(walk.member.username(), Member.PASSWORD));
        steps.put(
                "code",
                walk -> walk.page = walk.page
                        .as(ChallengePage.class)
                        .answer(walk.member.phone().nextCode()));
        steps.put("token", walk -> walk.tokens = walk.signIn.redeem(walk.page).tokens());
        steps.put(
                "refresh",
                walk -> walk.tokens =
                        realm.web().refresh(walk.tokens.refresh().orElseThrow()).tokens());
        steps.put("userinfo", walk -> realm.web().userinfo(walk.tokens.access()).expect(200));
        steps.put("introspection", walk -> inspector.introspect(walk.tokens.access()));
        return steps;
    }

    /** What each step takes of everybody. */
    private Map<String, StatementCount.Calls> each(MfaRealm realm, Map<String, Consumer<Walk>> steps) {
        new Walk(realm);
        Map<String, List<StatementCount.Calls>> seen = new LinkedHashMap<>();
        steps.keySet().forEach(step -> seen.put(step, new ArrayList<>()));
        for (int i = 0; i < MOST_MEMBERS && seen.values().stream().anyMatch(some -> some.size() < UNDISTURBED); i++) {
            Walk walk = new Walk(realm);
            steps.forEach((name, step) -> {
                NextSecond.await(); // within the same one Keycloak does not write down that the session was used
                StatementCount.Calls calls = count.during(() -> step.accept(walk));
                if (calls.undisturbed()) {
                    seen.getOrDefault(name, new ArrayList<>()).add(calls);
                }
            });
        }
        Map<String, StatementCount.Calls> each = new LinkedHashMap<>();
        seen.forEach((step, some) -> {
            assertThat(some).as(step).hasSizeGreaterThanOrEqualTo(UNDISTURBED);
            each.put(step, StatementCount.Calls.least(some));
        });
        return each;
    }

    private static void assertCost(
            SoftAssertions costs,
            Map<String, StatementCount.Calls> each,
            String step,
            int statements,
            int transactions) {
        StatementCount.Calls calls = Optional.ofNullable(each.get(step)).orElseThrow();
        costs.assertThat(calls.statements()).as("%s:%n%s", step, calls).isEqualTo(statements);
        costs.assertThat(calls.transactions()).as("%s:%n%s", step, calls).isEqualTo(transactions);
    }

    private static OidcClient inspector(MfaRealm realm) {
        realm.addClient(
                "inspector",
                Map.of(
                        "secret",
                        "inspector-secret",
                        "attributes",
                        Map.of("allow.token.introspection.without.audience.check", "true")));
        return new OidcClient(realm.address(), "inspector", Optional.of("inspector-secret"), MfaRealm.CALLBACK);
    }
}
