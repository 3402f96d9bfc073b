package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** One approval, wanted by many at the same instant on two nodes. */
final class ApprovalRace {

    private static final Map<String, Object> PAYMENT = Map.of("amount", 10, "currency", "EUR", "payee", "A Ltd");

    private final MfaRealm realm;
    private final SelfService first;
    private final SelfService second;

    ApprovalRace(TwoNodes nodes) {
        this.realm = MfaRealm.setUp(
                nodes.first(), Map.of(), SelfService.policy(Rules.FOR_ALL, List.of(SelfService.PAYMENT)));
        // both nodes speak of the realm by one address, as behind a proxy
        realm.change(Map.of(
                "passwordPolicy",
                Races.CHEAP,
                "attributes",
                Map.of("frontendUrl", nodes.first().address().toString())));
        this.first = SelfService.of(realm);
        this.second = SelfService.in(realm.on(nodes.second()));
    }

    /** One approval, so many on each node that spend it: one does. */
    void spending(int each) throws Exception {
        Member member = realm.enrolled();
        JsonNode approved = first.approve(first.signIn(member), member, PAYMENT);
        String token = approved.path("access_token").asText();

        List<Integer> answers = atOnce(
                each,
                calls -> calls.authorize(token, Map.of("action_type", "approve_payment", "action_details", PAYMENT))
                        .status());

        assertThat(answers).hasSize(2 * each).containsOnly(200, 403).containsOnlyOnce(200);
        assertThat(realm.audit().of(member.id(), "auth.mfa_approval_spent")).hasSize(1);
    }

    /** One challenge, so many right answers on each node: one is taken. */
    void proving(int each) throws Exception {
        Member member = realm.enrolled();
        Tokens session = first.signIn(member);
        String challenge = first.challenge(
                        session.access(), Map.of("action_type", "approve_payment", "action_details", PAYMENT))
                .expect(200)
                .json()
                .path("challenge_id")
                .asText();
        Map<String, Object> answer =
                Map.of("method", "TOTP", "code", member.phone().nextCode(), "challenge_id", challenge);

        List<Integer> answers =
                atOnce(each, calls -> calls.verify(session.access(), answer).status());

        assertThat(answers)
                .hasSize(2 * each)
                .containsOnlyOnce(200)
                .allMatch(status -> status == 200 || status / 100 == 4);
    }

    private List<Integer> atOnce(int each, Function<SelfService, Integer> call) throws Exception {
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            tasks.add(() -> call.apply(first));
            tasks.add(() -> call.apply(second));
        }
        return Together.run(tasks);
    }
}
