package io.sallyport.population.coverage;

import io.sallyport.factor.CredentialTypes;
import io.sallyport.policy.Grace;
import io.sallyport.policy.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of which statements about coverage are made, over Keycloak's tables (26.7) and ours. */
final class Columns {

    static final String ALL = "1 = 1";

    static final String ACTIVE = "u.realmId = :realm and u.enabled = true and u.serviceAccountClientLink is null";

    /** Whether the user has rules of his own. */
    static final String OWN = " exists (select 1 from MfaRule y where y.realmId = :realm and y.userId = u.id)";

    private static final String NOT_BROKEN_OFF =
            " and not exists (select 1 from MfaEnrollment e where e.id = x.id and e.status <> ACTIVE)";

    static final String SMS = types(Set.of(Method.SMS_OTP));
    static final String KEYS = types(Set.of(Method.WEBAUTHN));

    /** A factor of the user, whom no row of ours says to be anything but active. */
    static final String FACTOR = "(select 1 from CredentialEntity x where x.user.id = u.id and x.type in (" + allTypes()
            + ")" + NOT_BROKEN_OFF;

    private Columns() {}

    /** Own groups, those behind organizations among them; all of them, or where more holds of {@code x.groupId}. */
    static Column groups(String where) {
        return new Column("g", list("x.groupId"), "UserGroupMembershipEntity", "x.user.id", where);
    }

    /** Own roles; all of them, or where more holds of {@code x.roleId}. */
    static Column roles(String where) {
        return new Column("r", list("x.roleId"), "UserRoleMappingEntity", "x.user.id", where);
    }

    static Column methods() {
        return new Column(
                "m",
                enrollable()
                        .map(method -> "max(case when x.type in (" + types(Set.of(method)) + ") then "
                                + Signature.bit(method) + " else 0 end)")
                        .collect(Collectors.joining(" + ")),
                "CredentialEntity",
                "x.user.id",
                "x.type in (" + allTypes() + ")" + NOT_BROKEN_OFF);
    }

    /** The end of the lock. */
    static Column lockedUntil() {
        return locked("max(x.lockedUntil)");
    }

    /** Whether there is a lock, whenever it ends: so many users have the same. */
    static Column locked() {
        return locked("count(x.userId)");
    }

    private static Column locked(String value) {
        return new Column("l", value, "MfaThrottle", "x.userId", "x.realmId = :realm and x.lockedUntil > :now");
    }

    /** To the letter: rule, start, end, sign-ins. */
    static Column graces() {
        return graces("cast(x.startedAt as string), ':', cast(x.endsAt as string), ':', cast(x.skipsUsed as string)");
    }

    /** Only whether it goes on if the rule's grace is this one: so many users have the same. */
    static Column graces(List<Grace> given) {
        List<String> bits = new ArrayList<>();
        for (int at = 0; at < given.size(); at++) {
            bits.add("case when (x.endsAt = 0 or x.endsAt > :now) and x.startedAt > :since" + at
                    + " and x.skipsUsed < :most" + at + " then '1' else '0' end");
        }
        return graces(String.join(", ", bits));
    }

    /**
     * Whoever had a factor once has no grace. By a text that no statistics know: PostgreSQL would else take it that nobody is left,
     * and read all of them through for each of a million users.
     */
    private static Column graces(String what) {
        return new Column(
                "w",
                list("concat(x.ruleId, ':', " + what + ")"),
                "MfaGrace",
                "x.userId",
                "x.realmId = :realm and not exists (select 1 from MfaEnrollment e where e.realmId = :realm"
                        + " and e.userId = concat(x.userId, '') and (e.status = ACTIVE or e.activatedAt is not null))");
    }

    /** All values in one text, in an order of their own. */
    private static String list(String value) {
        return "listagg(" + value + ", '" + Signature.SEPARATOR + "') within group (order by " + value + ")";
    }

    private static Stream<Method> enrollable() {
        return Stream.of(Method.values()).filter(Method::enrollable);
    }

    private static String allTypes() {
        return quoted(CredentialTypes.all().stream());
    }

    /** The types of the credentials of these methods. */
    static String types(Set<Method> of) {
        return quoted(CredentialTypes.all().stream()
                .filter(type ->
                        CredentialTypes.method(type).filter(of::contains).isPresent()));
    }

    private static String quoted(Stream<String> types) {
        return types.sorted().collect(Collectors.joining("', '", "'", "'"));
    }
}
