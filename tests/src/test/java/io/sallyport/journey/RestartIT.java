package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

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
