package io.sallyport.policy.store;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.policy.rules.PolicyChange;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.RuleWriter;
import io.sallyport.policy.rules.Scope;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Puts a change of the policy on the record: one event for each rule. */
final class PolicyEvents {

    private PolicyEvents() {}

    static void record(
            KeycloakSession session, RealmModel realm, PolicyChange change, Optional<String> actor, String reason) {
        Optional<PolicyRule> shown = change.after().or(change::before);
        MfaEvent event = MfaEvent.of(type(change.kind()), Outcome.SUCCESS)
                .with(Detail.RULE, change.id())
                .with(Detail.REASON, reason);
        if (shown.isPresent()) {
            event = event.with(Detail.POLICY_VERSION, String.valueOf(shown.get().version()))
                    .with(Detail.POLICY_LEVEL, shown.get().scope().level().name());
        }
        Optional<String> tenant = shown.flatMap(rule -> rule.scope().tenant());
        if (tenant.isPresent()) {
            event = event.with(Detail.TENANT, tenant.get());
        }
        if (change.before().isPresent()) {
            event = event.with(
                    Detail.BEFORE,
                    RecordedJson.of(RuleWriter.write(change.before().get())));
        }
        if (change.after().isPresent()) {
            event = event.with(
                    Detail.AFTER,
                    RecordedJson.of(RuleWriter.write(change.after().get())));
        }
        if (actor.isPresent()) {
            event = event.with(Detail.ACTOR, actor.get());
        }
        Optional<String> subject = shown.flatMap(PolicyEvents::subject).or(() -> actor);
        Trail.record(session, realm, subject.map(event::user).orElse(event));
    }

    private static MfaEventType type(PolicyChange.Kind kind) {
        return switch (kind) {
            case CREATED -> MfaEventType.POLICY_CREATED;
            case UPDATED -> MfaEventType.POLICY_UPDATED;
            case DELETED -> MfaEventType.POLICY_DELETED;
        };
    }

    private static Optional<String> subject(PolicyRule rule) {
        return rule.scope() instanceof Scope.User user ? Optional.of(user.user()) : Optional.empty();
    }
}
