package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Both nodes write rows at the same instant, and both have a sealer. */
final class SealRace {

    private final MfaRealm realm;
    private final MfaRealm there;

    SealRace(TwoNodes nodes) {
        this.realm = MfaRealm.strict(nodes.first());
        realm.change(Map.of(
                "passwordPolicy",
                Races.CHEAP,
                "attributes",
                Map.of("frontendUrl", nodes.first().address().toString())));
        this.there = realm.on(nodes.second());
    }

    /** So many on each node, so many times: every row gets one place, and the tree is what was signed. */
    void writers(int each, int rounds, Path desk) throws Exception {
        Auditor auditor = new Auditor(realm, desk);
        List<Member> members = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Member member = realm.enrolled(); // of one alone no more than ninety refusals are rows in a minute
            members.add(member);
            List<Callable<TokenReply>> writers = new ArrayList<>();
            for (int writer = 0; writer < each; writer++) {
                writers.add(() -> wrong(realm, member));
                writers.add(() -> wrong(there, member));
            }
            assertThat(Together.run(writers)).noneMatch(TokenReply::granted);
        }

        List<String> trail = auditor.sealedTrail();

        assertThat(members).allSatisfy(member -> {
            List<String> his =
                    trail.stream().filter(line -> line.contains(member.id())).toList();
            assertThat(his.size()).isGreaterThanOrEqualTo(2 * each);
            assertThat(realm.audit().of(member.id()).size()).isEqualTo(his.size());
        });
        Auditor.Opinion opinion = auditor.opinion(trail);
        assertThat(opinion).isEqualTo(new Auditor.Opinion(0, opinion.words()));
    }

    private static TokenReply wrong(MfaRealm where, Member member) {
        return where.web()
                .password(
                        member.username(),
                        Member.PASSWORD,
                        Map.of("totp", member.phone().wrongCode()));
    }
}
