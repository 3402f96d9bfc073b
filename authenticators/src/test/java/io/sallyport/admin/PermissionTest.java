package io.sallyport.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names and the hierarchy that the contract fixes. */
final class PermissionTest {

    @Test
    void theNamesAreThoseOfTheContract() {
        assertThat(Arrays.stream(Permission.values()).map(Permission::role))
                .containsExactlyInAnyOrder(
                        "mfa",
                        "mfa.enroll_mfa",
                        "mfa.confirm_mfa_enrollment",
                        "mfa.disable_mfa",
                        "mfa.get_mfa_status",
                        "mfa.create_mfa_challenge",
                        "mfa.verify_mfa_challenge",
                        "mfa.reset_mfa",
                        "mfa.mfa_policy",
                        "mfa.mfa_policy.create_mfa_policy",
                        "mfa.mfa_policy.delete_mfa_policy",
                        "mfa.mfa_policy.get_mfa_policies");
    }

    @ParameterizedTest
    @EnumSource(Permission.class)
    void theNameSaysWhereItBelongs(Permission permission) {
        String role = permission.role();

        assertThat(permission.parent().map(Permission::role).orElse(""))
                .isEqualTo(role.contains(".") ? role.substring(0, role.lastIndexOf('.')) : "");
    }
}
