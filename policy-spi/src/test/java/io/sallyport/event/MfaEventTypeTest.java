package io.sallyport.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MfaEventTypeTest {

    /** Contract, section 8. Auditors count on it: a line may be added, none may change. */
    private static final Map<String, Integer> CONTRACT = Map.ofEntries(
            Map.entry("auth.mfa_deactivated", 10051),
            Map.entry("auth.mfa_locked", 10083),
            Map.entry("auth.mfa_enrollment_started", 10090),
            Map.entry("auth.mfa_activated", 10091),
            Map.entry("auth.mfa_challenge_created", 10092),
            Map.entry("auth.mfa_verified", 10093),
            Map.entry("auth.mfa_recovery_used", 10094),
            Map.entry("auth.mfa_policy_created", 10095),
            Map.entry("auth.mfa_policy_deleted", 10096),
            Map.entry("auth.mfa_recovery_reset", 10097),
            Map.entry("auth.mfa_failed", 10099),
            Map.entry("auth.mfa_policy_updated", 10100),
            Map.entry("auth.mfa_unlocked", 10101),
            Map.entry("auth.mfa_skipped", 10102),
            Map.entry("auth.mfa_settings_changed", 10103),
            Map.entry("auth.mfa_pass_issued", 10104),
            Map.entry("auth.mfa_token_refused", 10105),
            Map.entry("auth.mfa_notice_failed", 10106),
            Map.entry("auth.mfa_device_trusted", 10110),
            Map.entry("auth.mfa_device_ended", 10111),
            Map.entry("auth.mfa_approval_spent", 10112),
            Map.entry("auth.mfa_person_erased", 10113),
            Map.entry("auth.mfa_audit_read", 10120),
            Map.entry("auth.mfa_audit_exported", 10121),
            Map.entry("auth.mfa_audit_pruned", 10122),
            Map.entry("auth.mfa_evidence_exported", 10123),
            Map.entry("auth.mfa_audit_checkpoint", 10124),
            Map.entry("auth.mfa_coverage_read", 10125),
            Map.entry("auth.mfa_outbox_resent", 10130),
            Map.entry("auth.mfa_outbox_expired", 10131),
            Map.entry("auth.mfa_sessions_ended", 10140),
            Map.entry("auth.mfa_grace_ended", 10141),
            Map.entry("auth.mfa_recovery_link_mailed", 10142),
            Map.entry("auth.mfa_exception_ending", 10143));

    @Test
    void namesAndNumbersAreThoseOfTheContract() {
        assertThat(Stream.of(MfaEventType.values())
                        .collect(Collectors.toMap(MfaEventType::wireName, MfaEventType::code)))
                .isEqualTo(CONTRACT);
    }

    @ParameterizedTest
    @EnumSource
    void aTypeIsFoundByItsWireName(MfaEventType type) {
        assertThat(MfaEventType.named(type.wireName())).contains(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LOCKED", "auth.mfa_Locked", "auth.mfa_locked ", "auth.mfa"})
    void anotherNameIsNoType(String name) {
        assertThat(MfaEventType.named(name)).isEmpty();
    }
}
