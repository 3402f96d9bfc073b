package io.sallyport.provider;

import io.sallyport.policy.Method;
import io.sallyport.policy.Network;
import io.sallyport.policy.address.StrictAddresses;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Every setting of a realm, with default and bounds; a value outside of them is refused and never means "unlimited". */
public final class Setting {

    public static final ConfigKey<Boolean> ENABLED = new ConfigKey<>(
            "mfa.enabled", "Enforce MFA", "Whether the policy is enforced in this realm.", "false", OneOf.BOOL);

    public static final ConfigKey<Set<Method>> METHODS = new ConfigKey<>(
            "mfa.methods",
            "Methods",
            "The methods that people may enroll; SMS_OTP is in force only with a configured sender.",
            "TOTP,WEBAUTHN,SMS_OTP",
            Setting::methods);

    public static final ConfigKey<EnrollmentProof> ENROLLMENT_PROOF = new ConfigKey<>(
            "mfa.enrollment.proof",
            "Proof before the first factor",
            "What somebody without any factor proves before he enrolls one. PASSWORD: nothing more. EMAIL: a code that is"
                    + " mailed to his verified address. PASS: a temporary access pass of an administrator.",
            "PASSWORD",
            OneOf.of(EnrollmentProof.values()));

    public static final ConfigKey<Integer> LOCKOUT_THRESHOLD = new ConfigKey<>(
            "mfa.lockout.threshold",
            "Failures before a lock",
            "So many failures in a row, over all methods and paths, lock the user.",
            "5",
            ConfigKey.number(1, 10));

    public static final ConfigKey<Duration> LOCKOUT_COOLDOWN = new ConfigKey<>(
            "mfa.lockout.cooldown",
            "Length of a lock (seconds)",
            "How long a lock lasts.",
            "900",
            ConfigKey.seconds(30, 86_400));

    public static final ConfigKey<Integer> LOCKOUT_LIFETIME_CAP = new ConfigKey<>(
            "mfa.lockout.lifetime-cap",
            "Failures before a factor is suspended",
            "So many failures in a row of one factor, whatever locks ended in between, suspend it until it is replaced.",
            "50",
            ConfigKey.number(10, 100));

    public static final ConfigKey<Duration> PASS_TTL = new ConfigKey<>(
            "mfa.pass.ttl",
            "Life of a temporary access pass (seconds)",
            "How long a pass that an administrator gave can be used to enroll a factor.",
            "3600",
            ConfigKey.seconds(300, 86_400));

    public static final ConfigKey<Duration> CLAIM_TTL = new ConfigKey<>(
            "mfa.claim.ttl",
            "Life of the MFA claim (seconds)",
            "How long after the proof tokens carry the MFA claims.",
            "300",
            ConfigKey.seconds(30, 3_600));

    public static final ConfigKey<Duration> ENROLLMENT_TTL = new ConfigKey<>(
            "mfa.enrollment.ttl",
            "Life of a pending enrollment (seconds)",
            "How long an enrollment waits for its first valid code.",
            "600",
            ConfigKey.seconds(30, 600));

    public static final ConfigKey<Duration> CHALLENGE_TTL = new ConfigKey<>(
            "mfa.challenge.ttl",
            "Life of a challenge (seconds)",
            "How long a challenge waits for its answer.",
            "300",
            ConfigKey.seconds(30, 600));

    public static final ConfigKey<Duration> APPROVAL_TTL = new ConfigKey<>(
            "mfa.approval.ttl",
            "Life of an approval (seconds)",
            "How long an approval may be spent, where its action does not say.",
            "180",
            ConfigKey.seconds(10, 600));

    public static final ConfigKey<Duration> TOKEN_TTL = new ConfigKey<>(
            "mfa.token.ttl",
            "Life of an MFA token (seconds)",
            "How long a client without a browser may take to prove or enroll a factor after the password.",
            "600",
            ConfigKey.seconds(30, 600));

    public static final ConfigKey<RecoverySession> RECOVERY_SESSION = new ConfigKey<>(
            "mfa.recovery.session",
            "Worth of a recovery code",
            "RESTRICTED: it leads to enrolling a factor, and through that to tokens. FULL: it stands for the lost factor.",
            "RESTRICTED",
            OneOf.of(RecoverySession.values()));

    public static final ConfigKey<Integer> RECOVERY_COUNT = new ConfigKey<>(
            "mfa.recovery.count",
            "Recovery codes",
            "How many recovery codes a set has.",
            "10",
            ConfigKey.number(8, 20));

    public static final ConfigKey<Duration> TRUSTED_DEVICE_DAYS = new ConfigKey<>(
            "mfa.trusted-device.days",
            "Trust in a browser (days)",
            "How long a browser in which a factor was proved may go without; 0 means that none is trusted.",
            "0",
            ConfigKey.days(0, 30));

    public static final ConfigKey<List<Network>> NETWORK_PROXIES = new ConfigKey<>(
            "mfa.network.proxies",
            "Proxies",
            "Networks of the reverse proxies, separated by commas; behind them the forwarded header is walked from the"
                    + " right. Empty means that no forwarded address is believed.",
            "",
            Setting::networks);

    public static final ConfigKey<Optional<String>> WEBAUTHN_RP_ID = new ConfigKey<>(
            "mfa.webauthn.rp-id",
            "RP ID of keys",
            "The domain that passkeys and security keys are bound to. Empty means the RP ID of Keycloak's WebAuthn policy,"
                    + " or the host of the address of the server. Keys of another RP ID can't be used any more.",
            "",
            WebAuthnNames::rpId);

    public static final ConfigKey<List<String>> WEBAUTHN_ORIGINS = new ConfigKey<>(
            "mfa.webauthn.origins",
            "Origins of keys",
            "The origins of the pages that may ask for a key, separated by commas. Empty means the realm's frontend URL,"
                    + " or the hostname that the server was started with; never the address of a request.",
            "",
            WebAuthnNames::origins);

    public static final ConfigKey<Boolean> ERRORS_UNIFORM = new ConfigKey<>(
            "mfa.errors.uniform",
            "One error for every wrong code",
            "Whether a code that was used before is answered as a wrong one.",
            "false",
            OneOf.BOOL);

    private Setting() {}

    /** All of them, in the order of the documentation. */
    public static List<ConfigKey<?>> all() {
        List<ConfigKey<?>> common = List.of(
                ENABLED,
                METHODS,
                ENROLLMENT_PROOF,
                LOCKOUT_THRESHOLD,
                LOCKOUT_COOLDOWN,
                LOCKOUT_LIFETIME_CAP,
                PASS_TTL,
                CLAIM_TTL,
                ENROLLMENT_TTL,
                CHALLENGE_TTL,
                APPROVAL_TTL,
                TOKEN_TTL,
                RECOVERY_COUNT,
                RECOVERY_SESSION,
                TRUSTED_DEVICE_DAYS,
                NETWORK_PROXIES,
                WEBAUTHN_RP_ID,
                WEBAUTHN_ORIGINS,
                ERRORS_UNIFORM);
        return Stream.of(common, SsoSetting.all(), SmsSetting.all(), EventsSetting.all(), AuditSetting.all())
                .flatMap(List::stream)
                .toList();
    }

    /** Whether a setting has this name. */
    public static boolean isKnown(String name) {
        return all().stream().anyMatch(key -> key.name().equals(name));
    }

    private static Set<Method> methods(String text) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        Arrays.stream(text.split(",", -1))
                .map(name -> Method.named(name.strip())
                        .filter(Method::enrollable)
                        .orElseThrow(() -> new IllegalArgumentException("a subset of TOTP,WEBAUTHN,SMS_OTP")))
                .forEach(methods::add);
        return Collections.unmodifiableSet(methods);
    }

    private static List<Network> networks(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        return Arrays.stream(text.split(",", -1))
                .map(range -> StrictAddresses.network(range.strip())
                        .orElseThrow(() -> new IllegalArgumentException(
                                "networks in CIDR form, with zero bits after the prefix, separated by commas")))
                .toList();
    }
}
