package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is kept of a challenge for a key, also while nodes of two versions share the database. */
@Journey
final class KeptChallengeIT {

    private final MfaRealm realm;
    private final String origin;

    KeptChallengeIT(KeycloakServer server) {
        this.realm = MfaRealm.setUp(server, Map.of("mfa.methods", "WEBAUTHN"), Rules.FOR_ALL);
        this.origin = "http://localhost:" + server.address().getPort();
    }

    @Test
    @DisplayName("WA-02, T29: of a challenge its hash is kept, and whoever gets that signed has nothing")
    void theHashIsKeptAndIsNoChallenge() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 0)));
        KeyPage ask = asked(member);
        String kept = kept(member);
        assertThat(kept).matches("sha256-[A-Za-z0-9_-]{43}").doesNotContain(challenge(ask));

        KeyPage again = ask.answer(
                        key.get(Json.read("{\"rpId\":\"localhost\",\"challenge\":\"" + kept.substring(7) + "\"}")))
                .as(KeyPage.class);

        assertThat(again.message()).isNotEmpty();
        assertThat(again.answer(key.get(again.options()))).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("WA-02: what a node of the version before asked is answered, by the user's key and no other")
    void whatAnOlderNodeAsked() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 0)));
        KeyPage ask = asked(member);
        keep(member, challenge(ask));

        KeyPage again = ask.answer(SecurityKey.at(origin).get(ask.options())).as(KeyPage.class);

        assertThat(again.message()).isNotEmpty();
        keep(member, challenge(again));
        assertThat(again.answer(key.get(again.options()))).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("WA-02: what cannot be read is no, not an error, and the next challenge is good")
    void whatCannotBeRead() {
        SecurityKey key = SecurityKey.at(origin);
        Member member = realm.member(List.of(key.asStored("webauthn", 0)));
        KeyPage ask = asked(member);

        for (String text : List.of("?", "sha256-?", "sha512-" + "A".repeat(43))) {
            keep(member, text);
            ask = ask.answer(key.get(ask.options())).as(KeyPage.class);
            assertThat(ask.message()).isNotEmpty();
        }

        assertThat(ask.answer(key.get(ask.options()))).isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("WA-01: nor is a key registered by what cannot be read, but by the next challenge it is")
    void whatCannotBeReadRegistersNothing() {
        Member member = realm.newcomer();
        SecurityKey key = SecurityKey.at(origin);
        KeyPage enroll = asked(member);
        keep(member, "?");

        KeyPage again = enroll.answer(key.create(enroll.options()), "key").as(KeyPage.class);

        assertThat(again.message()).isNotEmpty();
        assertThat(realm.credentials(member)).doesNotContain("webauthn");
        keep(member, challenge(again));
        assertThat(again.answer(key.create(again.options()), "key")).isInstanceOf(RecoveryCodesPage.class);
    }

    private KeyPage asked(Member member) {
        return realm.password(new Browser(), realm.web().signIn(), member).as(KeyPage.class);
    }

    private static String challenge(KeyPage page) {
        return page.options().path("challenge").asText();
    }

    private String kept(Member member) {
        return realm.server()
                .database()
                .rows("SELECT KEPT FROM MFA_CHALLENGE WHERE USER_ID = ? AND STATUS = 'PENDING'", member.id())
                .get(0)
                .get("KEPT");
    }

    /** As another node would have written it. */
    private void keep(Member member, String text) {
        assertThat(realm.server()
                        .database()
                        .update(
                                "UPDATE MFA_CHALLENGE SET KEPT = ? WHERE USER_ID = ? AND STATUS = 'PENDING'",
                                text,
                                member.id()))
                .isOne();
    }
}
