package io.sallyport.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The approval that a token names, not yet held against anything that is being done. */
record ClaimedApproval(String id, String action, String hash, List<String> tenants) {

    ClaimedApproval {
        tenants = List.copyOf(tenants);
    }

    static ClaimedApproval in(AccessToken token, Instant now, ResourceSettings settings) throws NotApproved {
        Map<String, Object> claims = token.claims();
        if (!Boolean.TRUE.equals(claims.get("mfa_verified"))) {
            throw NotApproved.mfaRequired("no MFA");
        }
        if (!time(claims, "mfa_exp").isAfter(now.minus(settings.leeway()))) {
            throw NotApproved.mfaRequired("the MFA is no longer fresh");
        }
        Optional<Duration> maxAge = settings.maxAge();
        if (maxAge.isPresent()
                && time(claims, "mfa_time").isBefore(now.minus(maxAge.get()).minus(settings.leeway()))) {
            throw NotApproved.mfaRequired("the MFA is older than this application takes");
        }
        return new ClaimedApproval(
                text(claims, "mfa_approval_id"),
                text(claims, "mfa_action"),
                text(claims, "mfa_action_hash"),
                tenants(claims));
    }

    /** Whether it was given for exactly this transaction. */
    boolean isFor(Transaction transaction) {
        return action.equals(transaction.action()) && transaction.hasHash(hash);
    }

    private static Instant time(Map<String, Object> claims, String name) throws NotApproved {
        if (claims.get(name) instanceof Long seconds && seconds > 0 && seconds < Integer.MAX_VALUE * 1000L) {
            return Instant.ofEpochSecond(seconds);
        }
        throw NotApproved.mfaRequired("no " + name);
    }

    private static String text(Map<String, Object> claims, String name) throws NotApproved {
        if (claims.get(name) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw NotApproved.mfaRequired("no " + name);
    }

    private static List<String> tenants(Map<String, Object> claims) throws NotApproved {
        Object given = Optional.ofNullable(claims.get("mfa_action_tenants")).orElse(List.of());
        if (given instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw NotApproved.mfaRequired("odd mfa_action_tenants");
    }
}
