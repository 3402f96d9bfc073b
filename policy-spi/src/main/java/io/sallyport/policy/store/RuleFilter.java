package io.sallyport.policy.store;

import io.sallyport.policy.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which rules to list; what is absent does not matter.
 *
 * @param level the level at which they stand
 * @param organization id of the organization they are limited to
 * @param group id of their group
 * @param user id of their user
 * @param exceptions whether only rules that take a requirement back
 */
public record RuleFilter(
        Optional<Level> level,
        Optional<String> organization,
        Optional<String> group,
        Optional<String> user,
        boolean exceptions) {

    /** As the store writes them; in a text of the document the quotation marks would be escaped. */
    private static final String EXCEPTIONS = " and locate('\"required\":false', r.document) > 0"
            + " and (r.userId is not null or r.groupId is not null or r.organizationId is not null)";

    /** When an exception ends, to the second: it has an end, which stands in its text like that. */
    private static final String END = "substring(r.document, locate('\"valid_until\":\"', r.document) + 15, 19)";

    /** Every rule. */
    public static RuleFilter all() {
        return new RuleFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    /** Those after a place, in their order. */
    String following() {
        return exceptions
                ? " and (" + END + " > :place or " + END + " = :place and r.id > :after) order by " + END + ", r.id"
                : " and r.id > :after order by r.id";
    }

    String where() {
        return level.map(RuleFilter::where).orElse("")
                + organization
                        .map(id -> " and r.organizationId = :organization")
                        .orElse("")
                + group.map(id -> " and r.groupId = :group").orElse("")
                + user.map(id -> " and r.userId = :user").orElse("")
                + (exceptions ? EXCEPTIONS : "");
    }

    private static String where(Level level) {
        return switch (level) {
            case USER -> " and r.userId is not null";
            case GROUP -> " and r.groupId is not null";
            case TENANT -> " and r.userId is null and r.groupId is null and r.organizationId is not null";
            case GLOBAL -> " and r.userId is null and r.groupId is null and r.organizationId is null";
        };
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        organization.ifPresent(id -> parameters.put("organization", id));
        group.ifPresent(id -> parameters.put("group", id));
        user.ifPresent(id -> parameters.put("user", id));
        return parameters;
    }

    Map<String, String> parameters(RulePlace after) {
        Map<String, String> parameters = parameters();
        parameters.put("after", after.id());
        if (exceptions) {
            parameters.put("place", after.end());
        }
        return parameters;
    }
}
