package io.sallyport.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jboss.aerogear.security.otp.api.Base32;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How codes are made is the realm's own OTP policy; what the policy does not say is what makes a secret strong. */
@Journey
final class OtpPolicyIT {

    private static final int ENROLLMENTS = 50;

    private final MfaRealm realm;

    OtpPolicyIT(KeycloakServer server) {
        this.realm = MfaRealm.strict(server);
    }

    @Test
    @DisplayName("TOTP-16: SHA-256, 8 digits and 60 s hold for new devices, old ones keep what they were made with")
    void aChangeOfPolicyIsForNewDevices(KeycloakServer server) throws Exception {
        MfaRealm changing = MfaRealm.strict(server);
        Member old = changing.enrolled();
        Member member = changing.newcomer();
        changing.change(policy("HmacSHA256", 8, 60));
        EnrollTotpPage enroll = changing.password(new Browser(), changing.web().signIn(), member)
                .as(EnrollTotpPage.class);
        Rfc6238 codes = new Rfc6238(Base32.decode(enroll.secret()), "HmacSHA256", 8);
        Phone phone = new Phone(codes::at, Duration.ofSeconds(60), Clock.systemUTC());

        enroll.confirm(phone.nextCode(), "")
                .as(RecoveryCodesPage.class)
                .confirm()
                .as(Arrived.class);

        assertThat(direct(changing, member, phone.nextCode()).granted()).isTrue();
        assertThat(direct(changing, old, old.phone().nextCode()).granted()).isTrue();
        changing.change(policy("HmacSHA1", 6, 30));
        assertThat(direct(changing, member, phone.nextCode()).granted()).isTrue();
        assertThat(direct(changing, old, old.phone().nextCode()).granted()).isTrue();
    }

    @Test
    @DisplayName("TOTP-08: the secrets of fifty enrollments are distinct and hold 160 random bits")
    void secretsAreStrong() throws Exception {
        Member member = realm.newcomer();
        Set<String> secrets = new HashSet<>();
        BitSet values = new BitSet(256);
        int ones = 0;
        for (int i = 0; i < ENROLLMENTS; i++) {
            String secret = realm.password(new Browser(), realm.web().signIn(), member)
                    .as(EnrollTotpPage.class)
                    .secret();
            byte[] bytes = Base32.decode(secret);
            assertThat(bytes).hasSize(20);
            ones += BitSet.valueOf(bytes).cardinality();
            for (byte value : bytes) {
                values.set(value & 0xff);
            }
            secrets.add(secret);
        }

        assertThat(secrets).hasSize(ENROLLMENTS);
        // 8,000 fair coins: 4,000 ± 45; six deviations leave one false alarm in 500 million runs
        assertThat(ones).isBetween(4_000 - 270, 4_000 + 270);
        // 1,000 throws of 256 faces leave 5 ± 2 faces unseen; letters and digits alone would leave 190
        assertThat(values.cardinality()).isGreaterThan(230);
    }

    private static Map<String, Object> policy(String algorithm, int digits, int seconds) {
        return Map.of(
                "otpPolicyType",
                "totp",
                "otpPolicyAlgorithm",
                algorithm,
                "otpPolicyDigits",
                digits,
                "otpPolicyPeriod",
                seconds,
                "otpPolicyInitialCounter",
                0,
                "otpPolicyLookAheadWindow",
                1);
    }

    private static TokenReply direct(MfaRealm realm, Member member, String code) {
        return realm.backend().password(member.username(), Member.PASSWORD, code);
    }
}
