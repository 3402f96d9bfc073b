package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The power fails. */
@Journey
final class RestartIT {

    @Test
    @DisplayName("LOCK-13, TOTP: count, lock and used step outlive a killed server")
    void countLockAndUsedStepOutliveTheServer(KeycloakServer server) {
        MfaRealm realm = MfaRealm.strict(server);
        Member guessed = realm.enrolled();
        Member locked = realm.enrolled();
        Member signedIn = realm.enrolled();
        guess(realm, guessed, 3);
        guess(realm, locked, 5);
        String used = signedIn.phone().nextCode();
        assertThat(direct(realm, signedIn, used).granted()).isTrue();

        server.kill();
        server.start();

        assertThat(new Locks(server).failures(guessed)).isEqualTo(3);
        assertThat(direct(realm, signedIn, used).granted()).isFalse();
        assertThat(direct(realm, locked, locked.phone().nextCode()).granted()).isFalse();
        guess(realm, guessed, 2);
        assertThat(direct(realm, guessed, guessed.phone().nextCode()).granted()).isFalse();
        assertThat(direct(realm, signedIn, signedIn.phone().nextCode()).granted())
                .isTrue();
    }

    @Test
    @DisplayName("R-01, REC-02, WA-05: a spent recovery code and a key's counter outlive a killed server")
    void spentCodeAndCounterOutliveTheServer(KeycloakServer server) {
        MfaRealm realm = MfaRealm.setUp(server, Map.of("mfa.methods", "TOTP,WEBAUTHN"), Rules.FOR_ALL);
        SecurityKey key = SecurityKey.at("http://localhost:" + server.address().getPort());
        Member holder = realm.member(List.of(key.asStored("webauthn", 10)));
        assertThat(answer(realm, holder, key.countedTo(11))).isInstanceOf(Arrived.class);
        Member newcomer = realm.newcomer();
        List<String> codes = codes(realm, newcomer);
        assertThat(recover(realm, newcomer, codes.get(0))).isInstanceOf(OtherPage.class);

        server.kill();
        server.start();

        assertThat(answer(realm, holder, key.countedTo(11))).isInstanceOf(KeyPage.class);
        assertThat(answer(realm, holder, key.countedTo(12))).isInstanceOf(Arrived.class);
        assertThat(recover(realm, newcomer, codes.get(0))).isInstanceOf(ChallengePage.class);
        assertThat(recover(realm, newcomer, codes.get(1))).isInstanceOf(OtherPage.class);
    }

    @Test
    @DisplayName("A realm whose settings nobody can read keeps no server from starting, and lets nobody pass")
    void unreadableSettingsOfOneRealm(KeycloakServer server) {
        MfaRealm broken = MfaRealm.setUp(server, Map.of("mfa.claim.ttl", "60"), Rules.FOR_ALL);
        Member stranded = broken.enrolled();
        MfaRealm sound = MfaRealm.strict(server);
        Member member = sound.enrolled();
        claimLifetime(server, broken, "banana");

        server.kill();
        server.start();

        assertThat(direct(sound, member, member.phone().nextCode()).granted()).isTrue();
        assertThat(direct(broken, stranded, stranded.phone().nextCode()).granted())
                .isFalse();
        claimLifetime(server, broken, "60");
        assertThat(direct(broken, stranded, stranded.phone().nextCode()).granted())
                .isTrue();
    }

    private static void claimLifetime(KeycloakServer server, MfaRealm realm, String text) {
        assertThat(server.database()
                        .update(
                                "UPDATE MFA_SETTING SET SETTING_VALUE = ? WHERE NAME = 'mfa.claim.ttl' AND REALM_ID ="
                                        + " (SELECT ID FROM REALM WHERE NAME = ?)",
                                text,
                                realm.name()))
                .isOne();
    }

    private static Page answer(MfaRealm realm, Member member, SecurityKey key) {
        KeyPage asked =
                realm.password(new Browser(), realm.web().signIn(), member).as(KeyPage.class);
        return asked.answer(key.get(asked.options()));
    }

    private static List<String> codes(MfaRealm realm, Member newcomer) {
        EnrollTotpPage enroll = realm.password(new Browser(), realm.web().signIn(), newcomer)
                .as(OtherPage.class)
                .html()
                .submit("enroll", Map.of("enroll", "TOTP"))
                .as(EnrollTotpPage.class);
        RecoveryCodesPage page =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "phone").as(RecoveryCodesPage.class);
        page.confirm();
        return page.codes();
    }

    /** Leads to the choice of a new factor. */
    private static Page recover(MfaRealm realm, Member member, String code) {
        return realm.password(new Browser(), realm.web().signIn(), member)
                .as(ChallengePage.class)
                .choose("RECOVERY_CODE")
                .as(ChallengePage.class)
                .answer(code);
    }

    private static void guess(MfaRealm realm, Member member, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(direct(realm, member, member.phone().wrongCode()).granted())
                    .isFalse();
        }
    }

    private static TokenReply direct(MfaRealm realm, Member member, String code) {
        return realm.backend().password(member.username(), Member.PASSWORD, code);
    }
}
