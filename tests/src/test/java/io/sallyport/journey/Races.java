package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Everything at the same instant on two nodes, over and over; the rows of the trail are the referee. */
final class Races {

    /** What is raced for is the code: a dear hash of the password would only keep the doors from opening at once. */
    static final String CHEAP = "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)";

    private final MfaRealm first;
    private final MfaRealm second;
    private final MfaRealm keysOnFirst;
    private final MfaRealm keysOnSecond;
    private final String origin;
    private final TwoNodes nodes;

    Races(TwoNodes nodes) {
        this.nodes = nodes;
        this.first = MfaRealm.strict(nodes.first());
        first.change(Map.of("passwordPolicy", CHEAP));
        this.second = first.on(nodes.second());
        this.origin = origin(nodes.first());
        this.keysOnFirst = MfaRealm.setUp(
                nodes.first(),
                Map.of("mfa.methods", "WEBAUTHN", "mfa.webauthn.origins", origin + "," + origin(nodes.second())),
                Rules.FOR_ALL);
        keysOnFirst.change(Map.of("passwordPolicy", CHEAP));
        this.keysOnSecond = keysOnFirst.on(nodes.second());
    }

    private static String origin(KeycloakServer node) {
        return "http://localhost:" + node.address().getPort();
    }

    /** Wrong codes over pages and grants of both nodes: five are compared, and one lock begins. */
    void wrongCodes(int guesses) throws Exception {
        Member member = first.enrolled();
        List<Predicate<String>> doors = new ArrayList<>(Doors.of(first, member, guesses / 2));
        doors.addAll(Doors.of(second, member, guesses / 2));

        List<Boolean> results = Doors.atOnce(doors, member.phone().wrongCode());

        assertThat(results).hasSize(guesses).doesNotContain(true);
        assertThat(first.audit().of(member.id(), "auth.mfa_failed"))
                .filteredOn(row -> !row.reason().equals("locked"))
                .hasSize(5);
        assertThat(first.audit().of(member.id(), "auth.mfa_locked")).hasSize(1);
    }

    /** One right code from as many sessions on each node: one succeeds. */
    void oneCode(int sessionsOnEach) throws Exception {
        Member member = first.enrolled();
        List<Predicate<String>> doors = new ArrayList<>(Doors.of(first, member, sessionsOnEach));
        doors.addAll(Doors.of(second, member, sessionsOnEach));

        List<Boolean> results = Doors.atOnce(doors, member.phone().newestCode());

        assertThat(results).hasSize(2 * sessionsOnEach).containsOnlyOnce(true);
        assertThat(first.audit().of(member.id(), "auth.mfa_verified")).hasSize(1);
    }

    /** One recovery code from as many sessions on each node: one leads on. */
    void oneRecoveryCode(int sessionsOnEach) throws Exception {
        Member newcomer = first.newcomer();
        EnrollTotpPage enroll =
                first.password(new Browser(), first.web().signIn(), newcomer).as(EnrollTotpPage.class);
        RecoveryCodesPage codes =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "phone").as(RecoveryCodesPage.class);
        codes.confirm();
        List<Predicate<String>> doors = new ArrayList<>();
        for (int i = 0; i < sessionsOnEach; i++) {
            doors.add(recovery(first, newcomer));
            doors.add(recovery(second, newcomer));
        }

        List<Boolean> results = Doors.atOnce(doors, codes.codes().get(0));

        // the others are failures, and may have locked him before the one saw its next page
        assertThat(results).hasSize(2 * sessionsOnEach).filteredOn(led -> led).hasSizeLessThanOrEqualTo(1);
        assertThat(first.audit().of(newcomer.id(), "auth.mfa_recovery_used")).hasSize(1);
    }

    /** The same counter in answers from as many sessions on each node, each to its own challenge: one succeeds. */
    void oneCounter(int sessionsOnEach) throws Exception {
        SecurityKey key = SecurityKey.at(origin).countedTo(11);
        Member member = keysOnFirst.member(List.of(key.asStored("webauthn", 10)));
        List<Predicate<String>> doors = new ArrayList<>();
        for (int i = 0; i < sessionsOnEach; i++) {
            doors.add(assertion(keysOnFirst, member, key));
            doors.add(assertion(keysOnSecond, member, key));
        }

        List<Boolean> results = Doors.atOnce(doors, "");

        assertThat(results).hasSize(2 * sessionsOnEach).filteredOn(led -> led).hasSizeLessThanOrEqualTo(1);
        assertThat(keysOnFirst.audit().of(member.id(), "auth.mfa_verified")).hasSize(1);
    }

    /** A key that is removed on one node is refused on the other at once. */
    void removedKey() {
        SecurityKey key = SecurityKey.at(origin);
        SecurityKey other = SecurityKey.at(origin);
        Member member = keysOnFirst.member(List.of(key.asStored("webauthn", 0), other.asStored("webauthn", 0)));
        KeyPage asked = keysOnSecond
                .password(new Browser(), keysOnSecond.web().signIn(), member)
                .as(KeyPage.class);
        String path = keysOnFirst.name() + "/users/" + member.id() + "/credentials";
        keysOnFirst.admin().get(path).forEach(credential -> {
            if (credential.path("credentialData").asText().contains(key.storedId())) {
                keysOnFirst.admin().delete(path + "/" + credential.path("id").asText());
            }
        });

        KeyPage refused = asked.answer(key.get(asked.options())).as(KeyPage.class);

        assertThat(refused.answer(other.get(refused.options()))).isInstanceOf(Arrived.class);
    }

    /** No two attempts waited for each other: the database would have ended one of them. */
    void noDeadlock() {
        assertThat(nodes.first().log()).doesNotContain("deadlock detected");
        assertThat(nodes.second().log()).doesNotContain("deadlock detected");
    }

    private static Predicate<String> assertion(MfaRealm realm, Member member, SecurityKey key) {
        KeyPage asked =
                realm.password(new Browser(), realm.web().signIn(), member).as(KeyPage.class);
        String answer = key.get(asked.options());
        return nothing -> asked.answer(answer) instanceof Arrived;
    }

    private static Predicate<String> recovery(MfaRealm realm, Member member) {
        ChallengePage asked = realm.password(new Browser(), realm.web().signIn(), member)
                .as(ChallengePage.class)
                .choose("RECOVERY_CODE")
                .as(ChallengePage.class);
        return code -> asked.answer(code) instanceof EnrollTotpPage;
    }
}
