package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attempts that each need a connection of their own must not starve each other, nor anybody else. */
final class FewConnectionsIT {

    private static final int AT_ONCE = 30;
    private static final int ROUNDS = 3;
    private static final List<String> STARVED = List.of("Acquisition timeout", "no database connection within");

    @Test
    @DisplayName("R-13: thirty wrong codes at once, with ten connections, are answered all, and five are compared")
    void nobodyStarves() throws Exception {
        try (KeycloakServer server = SharedServer.start("journey-connections", List.of("--db-pool-max-size=10"))) {
            MfaRealm realm = MfaRealm.strict(server);
            Member member = realm.enrolled();
            String wrong = member.phone().wrongCode();
            List<Callable<Page>> attempts = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                ChallengePage challenge = realm.password(
                                new Browser(), realm.web().signIn(), member)
                        .as(ChallengePage.class);
                attempts.add(() -> challenge.answer(wrong));
            }

            List<Page> pages = Together.run(attempts);

            assertThat(pages).allMatch(page -> page instanceof ChallengePage || page instanceof LockedPage);
            assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                    .hasSize(AT_ONCE)
                    .filteredOn(row -> !row.reason().equals("locked"))
                    .hasSize(5);
        }
    }

    @Test
    @DisplayName("R-13: refusals at once by more people than there are connections are answered all, each with its row")
    void refusalsDoNotWaitForEachOther() throws Exception {
        try (KeycloakServer server = SharedServer.start("journey-refusals", List.of("--db-pool-max-size=5"))) {
            MfaRealm realm =
                    MfaRealm.setUp(server, Map.of(), SelfService.policy(Rules.FOR_ALL, List.of(SelfService.PAYMENT)));
            List<Callable<List<Integer>>> people = new ArrayList<>();
            List<Integer> wanted = new ArrayList<>();
            for (RefusalFlood kind : RefusalFlood.in(realm, SelfService.of(realm))) {
                for (int i = 0; i < ROUNDS; i++) {
                    IntFunction<Reply> call = kind.begin().apply(realm.enrolled());
                    people.add(() -> IntStream.range(0, ROUNDS)
                            .mapToObj(call)
                            .map(Reply::status)
                            .toList());
                    wanted.addAll(Collections.nCopies(ROUNDS, kind.status()));
                }
            }

            List<Integer> answers =
                    Together.run(people).stream().flatMap(List::stream).toList();

            assertThat(answers).isEqualTo(wanted);
            assertThat(server.log()).doesNotContain(STARVED);
        }
    }

    @Test
    @DisplayName(
            "R-13: 24 token requests that are refused at once, with five connections, are answered all, each with its row")
    void refusedTokensDoNotWaitForEachOther() throws Exception {
        try (KeycloakServer server = SharedServer.start("journey-tokens", List.of("--db-pool-max-size=5"))) {
            MfaRealm realm = MfaRealm.strict(server);
            List<Member> members = new ArrayList<>();
            List<Callable<TokenReply>> requests = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Member enrolled = realm.enrolled();
                requests.add(() -> realm.backend().password(enrolled.username(), Member.PASSWORD));
                Member newcomer = realm.newcomer();
                requests.add(() -> realm.backend().password(newcomer.username(), Member.PASSWORD));
                Member signedIn = realm.enrolled();
                String refresh = realm.signIn(new Browser(), signedIn).refresh().orElseThrow();
                RefusalFlood.forgetProofs(realm, signedIn);
                requests.add(() -> realm.web().refresh(refresh));
                members.addAll(List.of(enrolled, newcomer, signedIn));
            }

            assertRefused(Together.run(requests));

            assertThat(members)
                    .allSatisfy(member -> assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused"))
                            .hasSize(1));
            assertRefused(Together.run(Collections.nCopies(24, requests.get(0))));
            assertRefused(Together.run(Collections.nCopies(24, requests.get(1))));
            assertThat(members.subList(0, 2))
                    .allSatisfy(member -> assertThat(realm.audit().of(member.id(), "auth.mfa_token_refused"))
                            .hasSize(25));
            assertThat(server.log()).doesNotContain(STARVED);
        }
    }

    private static void assertRefused(List<TokenReply> replies) {
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).as(reply.describe()).isEqualTo(403);
            assertThat(reply.error()).isEqualTo("mfa_required");
        });
    }
}
