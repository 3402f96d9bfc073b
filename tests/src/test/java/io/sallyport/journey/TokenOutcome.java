package io.sallyport.journey;

/** What becomes of a token request: the cells of the table of grants. */
enum TokenOutcome {
    MFA_TOKEN(200, "", ""),
    PLAIN_TOKEN(200, "", ""),
    MFA_REQUIRED(403, "mfa_required", "mfa_required"),
    LOCKED(400, "invalid_grant", "locked");

    final int status;
    final String error;
    /** As the audit trail has it. */
    final String reason;

    TokenOutcome(int status, String error, String reason) {
        this.status = status;
        this.error = error;
        this.reason = reason;
    }

    boolean granted() {
        return this == MFA_TOKEN || this == PLAIN_TOKEN;
    }
}
