package io.sallyport.resource;

/** Ends the chain of checks at the first one that fails; {@link ApprovalCheck} turns it into a {@link Refusal}. */
final class NotApproved extends Exception {

    private final Refusal.Kind kind;

    NotApproved(Refusal.Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    static NotApproved mfaRequired(String reason) {
        return new NotApproved(Refusal.Kind.MFA_REQUIRED, reason);
    }

    static NotApproved unauthenticated(String reason) {
        return new NotApproved(Refusal.Kind.UNAUTHENTICATED, reason);
    }

    static NotApproved unavailable(String reason) {
        return new NotApproved(Refusal.Kind.MFA_UNAVAILABLE, reason);
    }

    Refusal.Kind kind() {
        return kind;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
