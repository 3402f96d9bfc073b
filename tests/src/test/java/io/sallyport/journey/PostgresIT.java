package io.sallyport.journey;

import static io.sallyport.journey.Claims.assertMfa;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The same promises on the database of production: its rows are locked in its own way. */
@Journey
final class PostgresIT {

    private final MfaRealm realm;

    PostgresIT(PostgresServer server) {
        this.realm = MfaRealm.strict(server.keycloak());
    }

    @Test
    @DisplayName("Sign-in with TOTP, and enrollment forced by the policy")
    void signInAndEnrollment() {
        SignIn signIn = realm.web().signIn();
        EnrollTotpPage enroll =
                realm.password(new Browser(), signIn, realm.newcomer()).as(EnrollTotpPage.class);
        RecoveryCodesPage codes =
                enroll.confirm(Phone.with(enroll.secret()).nextCode(), "").as(RecoveryCodesPage.class);

        assertMfa(signIn.redeem(codes.confirm()).tokens().claims());
        assertMfa(realm.signIn(new Browser(), realm.enrolled()).claims());
    }

    @Test
    @DisplayName("LOCK: of 60 wrong codes at once, five are compared")
    void atMostFiveAreCompared() throws Exception {
        Member member = realm.enrolled();

        List<Boolean> results =
                Doors.atOnce(Doors.of(realm, member, 60), member.phone().wrongCode());

        assertThat(results).hasSize(60).doesNotContain(true);
        assertThat(realm.audit().of(member.id(), "auth.mfa_failed"))
                .filteredOn(row -> !row.reason().equals("locked"))
                .hasSize(5);
        assertThat(realm.audit().of(member.id(), "auth.mfa_locked")).hasSize(1);
    }

    @Test
    @DisplayName("TOTP-04: of 50 sessions that send one right code at once, one succeeds")
    void oneOfManySucceeds() throws Exception {
        Member member = realm.enrolled();

        List<Boolean> results =
                Doors.atOnce(Doors.of(realm, member, 50), member.phone().newestCode());

        assertThat(results).hasSize(50).containsOnlyOnce(true);
        assertThat(realm.audit().of(member.id(), "auth.mfa_verified")).hasSize(1);
    }
}
