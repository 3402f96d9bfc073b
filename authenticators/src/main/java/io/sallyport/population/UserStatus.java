package io.sallyport.population;

import io.sallyport.factor.Enrollment;
import io.sallyport.factor.EnrollmentRecord;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Status;
import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.policy.Level;
import io.sallyport.policy.Method;
import io.sallyport.policy.Policy;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.Circumstances;
import io.sallyport.verify.Facts;
import io.sallyport.verify.GraceEnd;
import io.sallyport.verify.Throttle;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** One user's MFA as administrators and he himself see it, as if he signed in to the account console now. */
public final class UserStatus {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** The users of a realm. */
    public UserStatus(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** What there is to say of this user. */
    public Map<String, Object> of(UserModel user) {
        PolicyDecision decision = decision(user);
        List<Map<String, Object>> enrollments = enrollments(user);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("user_id", user.getId());
        view.put("username", user.getUsername());
        view.put("status", status(enrollments));
        view.put("enforced", RealmSettings.enabled(session, realm));
        view.put("required", decision.match(skip -> false, challenge -> true, enroll -> true, deny -> true));
        decision.reasons().stream().findFirst().ifPresent(reason -> view.put("required_by", reason(reason)));
        view.put("methods", methods(enrollments));
        view.put("enrollments", enrollments);
        view.put(
                "recovery_codes_remaining",
                new RecoveryCodes(session, new SecureRandom()).remaining(realm.getId(), user.getId()));
        new Throttle(session)
                .lockedUntil(realm, user.getId())
                .ifPresent(until -> view.put("locked_until", until.toString()));
        GraceEnd.of(session, realm.getId(), user.getId(), decision)
                .ifPresent(until -> view.put("grace_until", until.toString()));
        return view;
    }

    /** What the policy says of such a sign-in. */
    public PolicyDecision decision(UserModel user) {
        Circumstances now = new Circumstances(
                Constants.ACCOUNT_CONSOLE_CLIENT_ID,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                KeycloakClock.now());
        return Policy.decide(session, realm, Facts.of(session, realm, user, now));
    }

    private List<Map<String, Object>> enrollments(UserModel user) {
        Map<String, EnrollmentRecord> records = EnrollmentRecord.of(session, realm.getId(), user.getId()).stream()
                .collect(Collectors.toMap(EnrollmentRecord::id, record -> record));
        SecondFactors factors = new SecondFactors(session);
        List<Map<String, Object>> views = new ArrayList<>();
        Stream.of(Method.values())
                .filter(Method::enrollable)
                .flatMap(method -> factors.of(method).stream())
                .flatMap(factor -> factor.enrollments(realm, user).stream())
                .map(held -> view(held, Optional.ofNullable(records.get(held.id()))))
                .forEach(views::add);
        records.values().stream()
                .filter(known -> known.status() == Status.ENROLLED)
                .map(pending -> view(new Enrollment(pending.id(), pending.method(), ""), Optional.of(pending)))
                .forEach(views::add);
        return views;
    }

    private static Map<String, Object> view(Enrollment enrollment, Optional<EnrollmentRecord> record) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("enrollment_id", enrollment.id());
        view.put("method", enrollment.method().name());
        view.put("label", enrollment.label());
        view.put(
                "status",
                record.map(EnrollmentRecord::status).orElse(Status.ACTIVE).name());
        record.ifPresent(known -> {
            view.put("enrolled_at", known.enrolledAt().toString());
            known.lastUsedAt().ifPresent(time -> view.put("last_used_at", time.toString()));
        });
        view.put("suspended", record.flatMap(EnrollmentRecord::suspendedAt).isPresent());
        view.put("flagged", record.flatMap(EnrollmentRecord::cloneSuspectedAt).isPresent());
        return view;
    }

    private static String status(List<Map<String, Object>> enrollments) {
        if (enrollments.isEmpty()) {
            return "NOT_ENROLLED";
        }
        return enrollments.stream().anyMatch(view -> Status.ACTIVE.name().equals(view.get("status")))
                ? "ACTIVE"
                : "ENROLLED";
    }

    private static List<Object> methods(List<Map<String, Object>> enrollments) {
        return enrollments.stream()
                .filter(view -> Status.ACTIVE.name().equals(view.get("status")))
                .map(view -> view.getOrDefault("method", ""))
                .distinct()
                .toList();
    }

    private static Map<String, Object> reason(Reason reason) {
        Map<String, Object> view = new LinkedHashMap<>();
        reason.rule().ifPresent(rule -> {
            view.put("rule", rule);
            view.put("version", reason.version());
            view.put("level", reason.level().map(Level::name).orElse(""));
        });
        view.put("text", reason.text());
        return view;
    }
}
