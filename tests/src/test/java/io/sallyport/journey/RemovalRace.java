package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Somebody takes his factors away, or his codes, on two nodes at the same instant. */
final class RemovalRace {

    private static final String SECOND_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final MfaRealm realm;
    private final SelfService first;
    private final SelfService second;
    private final MfaRealm there;

    RemovalRace(TwoNodes nodes) {
        this.realm = MfaRealm.setUp(nodes.first(), Map.of(), Rules.FOR_ALL);
        // both nodes speak of the realm by one address, as behind a proxy
        realm.change(Map.of(
                "passwordPolicy",
                Races.CHEAP,
                "attributes",
                Map.of("frontendUrl", nodes.first().address().toString())));
        this.there = realm.on(nodes.second());
        this.first = SelfService.of(realm);
        this.second = SelfService.in(there);
    }

    /** Each of two factors on its own node, by our REST: one stays. */
    void byRest() throws Exception {
        Member member = realm.enrolledWith(SECOND_SECRET);
        String token = first.signIn(member).access();
        List<String> factors = factors(member);

        List<Integer> answers = Together.run(
                List.of(() -> remove(first, token, factors.get(0)), () -> remove(second, token, factors.get(1))));

        assertOneStays(member, answers);
    }

    /** The same with Keycloak's own REST as the other door. */
    void byBothDoors() throws Exception {
        Member member = realm.enrolledWith(SECOND_SECRET);
        Tokens session = first.signIn(member);
        List<String> factors = factors(member);

        List<Integer> answers = Together.run(List.of(
                () -> remove(first, session.access(), factors.get(0)),
                () -> AccountApi.of(there, session).remove(factors.get(1)).status()));

        assertOneStays(member, answers);
    }

    /** One factor of two, by several calls on each node: it goes once. */
    void oneFactor(int each) throws Exception {
        Member member = realm.enrolledWith(SECOND_SECRET);
        String token = first.signIn(member).access();
        String factor = factors(member).get(1);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            tasks.add(() -> remove(first, token, factor));
            tasks.add(() -> remove(second, token, factor));
        }

        assertThat(Together.run(tasks)).containsOnlyOnce(204).allMatch(status -> status == 204 || status == 404);
        assertThat(stored(member)).hasSize(1);
        assertThat(realm.audit().of(member.id(), "auth.mfa_deactivated")).hasSize(1);
    }

    /** New recovery codes by several calls on each node: one set is alive. */
    void recoveryCodes(int each) throws Exception {
        Member member = realm.enrolled();
        String token = first.signIn(member).access();
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            tasks.add(() -> renew(first, token));
            tasks.add(() -> renew(second, token));
        }

        assertThat(Together.run(tasks)).containsOnly(200);
        assertThat(realm.server().database().rows("SELECT ID FROM MFA_RECOVERY_CODE WHERE USER_ID = ?", member.id()))
                .hasSize(10);
    }

    private void assertOneStays(Member member, List<Integer> answers) {
        // the first one's proof may have gone with its factor
        assertThat(answers)
                .containsOnlyOnce(204)
                .allMatch(status -> List.of(204, 403, 409).contains(status));
        assertThat(stored(member)).hasSize(1);
    }

    /** What is left, by the database: this node may be told of a removal on the other one a moment later. */
    private List<Map<String, String>> stored(Member member) {
        return realm.server()
                .database()
                .rows("SELECT ID FROM CREDENTIAL WHERE TYPE = 'otp' AND USER_ID = ?", member.id());
    }

    private List<String> factors(Member member) {
        List<String> ids = new ArrayList<>();
        realm.admin()
                .get(realm.name() + "/users/" + member.id() + "/credentials")
                .forEach(credential -> {
                    if (credential.path("type").asText().equals("otp")) {
                        ids.add(credential.path("id").asText());
                    }
                });
        return ids;
    }

    private static int remove(SelfService calls, String token, String id) {
        return calls.send("DELETE", token, "auth/mfa/enrollments/" + id, "").status();
    }

    private static int renew(SelfService calls, String token) {
        return calls.send("POST", token, "auth/mfa/recovery-codes", "").status();
    }
}
