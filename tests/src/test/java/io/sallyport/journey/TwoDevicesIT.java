package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Somebody with more than one authenticator app. */
@Journey
final class TwoDevicesIT {

    private static final String SECOND_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

    private final MfaRealm realm;
    private final Locks locks;

    TwoDevicesIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
        this.locks = new Locks(server);
    }

    @Test
    @DisplayName("TOTP-13: each device signs in with its own codes")
    void eachDeviceHasItsOwnCodes() {
        Member member = realm.enrolledWith(SECOND_SECRET);
        Phone second = Phone.with(SECOND_SECRET);
        ChallengePage page = challenge(member);
        List<String> devices = page.enrollments();

        Page crossed = page.answer(second.nextCode(), devices.get(0));

        assertThat(devices).hasSize(2);
        assertThat(crossed).isInstanceOf(ChallengePage.class);
        assertThat(challenge(member).answer(second.nextCode(), devices.get(1))).isInstanceOf(Arrived.class);
        assertThat(challenge(member).answer(member.phone().nextCode(), devices.get(0)))
                .isInstanceOf(Arrived.class);
    }

    @Test
    @DisplayName("TOTP-13: three wrong codes of one device and two of the other lock the user")
    void devicesAreCountedTogether() {
        Member member = realm.enrolledWith(SECOND_SECRET);
        String wrong = member.phone().wrongCode();
        ChallengePage page = challenge(member);
        List<String> devices = page.enrollments();
        for (int i = 0; i < 3; i++) {
            page = page.answer(wrong, devices.get(0)).as(ChallengePage.class);
        }
        page = page.answer(wrong, devices.get(1)).as(ChallengePage.class);

        Page fifth = page.answer(wrong, devices.get(1));

        assertThat(fifth).isInstanceOf(LockedPage.class);
        assertThat(realm.audit().of(member.id(), "auth.mfa_locked")).hasSize(1);
    }

    @Test
    @DisplayName("TOTP-14: a device of somebody else, a deleted one and nonsense are a wrong code like any other")
    void aDeviceThatIsNotTheUsersIsAWrongCode() {
        Member other = realm.enrolledWith(SECOND_SECRET);
        String foreign = challenge(other).enrollments().get(0);
        Member member = realm.enrolledWith(SECOND_SECRET);
        ChallengePage page = challenge(member);
        String deleted = page.enrollments().get(1);
        page = page.answer(member.phone().wrongCode(), page.enrollments().get(0))
                .as(ChallengePage.class);
        String usual = page.message();
        realm.admin().delete(realm.name() + "/users/" + member.id() + "/credentials/" + deleted);

        int failures = 1;
        for (String device : List.of(foreign, deleted, "../")) {
            String right = device.equals(foreign)
                    ? other.phone().nextCode()
                    : member.phone().nextCode();
            page = page.answer(right, device).as(ChallengePage.class);
            failures++;

            assertThat(page.message()).as(device).isEqualTo(usual);
            assertThat(page.html().reply().status()).isEqualTo(200);
            assertThat(locks.failures(member)).as(device).isEqualTo(failures);
        }
        assertThat(locks.failures(other)).isZero();
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed")).hasSize(failures);
    }

    @Test
    @DisplayName("TOTP-14: no choice at all means the first device, and its wrong codes are counted")
    void noChoiceMeansTheFirstDevice() {
        Member member = realm.enrolledWith(SECOND_SECRET);

        assertThat(challenge(member).answer(Phone.with(SECOND_SECRET).nextCode(), ""))
                .isInstanceOf(ChallengePage.class);
        assertThat(locks.failures(member)).isEqualTo(1);
        assertThat(challenge(member).answer(member.phone().nextCode(), "")).isInstanceOf(Arrived.class);
    }

    private ChallengePage challenge(Member member) {
        return realm.password(new Browser(), realm.web().signIn(), member).as(ChallengePage.class);
    }
}
