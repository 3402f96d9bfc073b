package io.sallyport.admin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an administrator may be allowed to do: roles of a management client, each contained in its parent. */
enum Permission {
    ALL("mfa", null, "Everything about MFA, its set-up and its settings"),
    ENROLL("mfa.enroll_mfa", ALL, "Begin an enrollment for a user"),
    CONFIRM("mfa.confirm_mfa_enrollment", ALL, "Confirm an enrollment for a user"),
    REVOKE("mfa.disable_mfa", ALL, "Revoke the factors of a user"),
    STATUS("mfa.get_mfa_status", ALL, "See status, coverage, decisions and the audit trail"),
    CHALLENGE("mfa.create_mfa_challenge", ALL, "Create a challenge for a user"),
    VERIFY("mfa.verify_mfa_challenge", ALL, "Verify a challenge for a user"),
    RESET("mfa.reset_mfa", ALL, "Unlock users, give them new recovery codes or a temporary pass"),
    POLICY("mfa.mfa_policy", ALL, "Everything about the policy"),
    POLICY_WRITE("mfa.mfa_policy.create_mfa_policy", POLICY, "Create and change policy rules"),
    POLICY_DELETE("mfa.mfa_policy.delete_mfa_policy", POLICY, "Delete policy rules"),
    POLICY_READ("mfa.mfa_policy.get_mfa_policies", POLICY, "See policy rules and simulate them");

    private final String role;
    private final Optional<Permission> parent;
    private final String help;

    Permission(String role, @Nullable Permission parent, String help) {
        this.role = role;
        this.parent = Optional.ofNullable(parent);
        this.help = help;
    }

    /** Name of the role; it never changes. */
    String role() {
        return role;
    }

    /** The permission that contains this one. */
    Optional<Permission> parent() {
        return parent;
    }

    /** What administrators read beside the role. */
    String help() {
        return help;
    }
}
