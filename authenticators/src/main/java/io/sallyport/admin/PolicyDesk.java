package io.sallyport.admin;

import io.sallyport.json.Problem;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.rules.PolicyChange;
import io.sallyport.policy.rules.PolicyDocument;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.State;
import io.sallyport.policy.store.ActionChange;
import io.sallyport.policy.store.ActionEdit;
import io.sallyport.policy.store.ActionStore;
import io.sallyport.policy.store.ActsOnOneself;
import io.sallyport.policy.store.PolicyEdit;
import io.sallyport.policy.store.RuleStore;
import io.sallyport.policy.store.StoredRule;
import io.sallyport.population.report.Counts;
import io.sallyport.population.report.RuleReports;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What the calls about the policy share: whom they ask, how they edit, and how they answer what goes wrong. */
final class PolicyDesk {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Administrator caller;
    private final KeycloakDirectory directory;
    private final People people;

    PolicyDesk(KeycloakSession session, RealmModel realm, Administrator caller) {
        this.session = session;
        this.realm = realm;
        this.caller = caller;
        this.directory = new KeycloakDirectory(session, realm);
        this.people = new People(session, realm);
    }

    KeycloakDirectory directory() {
        return directory;
    }

    RuleView view() {
        return new RuleView(directory, people);
    }

    /** Rules with their origin; of those that only report, what they would have done since they were saved. */
    List<Map<String, Object>> views(List<StoredRule> rules) {
        Map<RuleReports.Reporter, Counts> counts = RuleReports.of(
                session,
                realm,
                rules.stream()
                        .map(StoredRule::rule)
                        .filter(rule -> rule.state() == State.REPORT_ONLY)
                        .map(PolicyRule::id)
                        .toList());
        return rules.stream().map(stored -> reporting(stored, counts)).toList();
    }

    private Map<String, Object> reporting(StoredRule stored, Map<RuleReports.Reporter, Counts> counts) {
        PolicyRule rule = stored.rule();
        Map<String, Object> view = view().of(stored);
        if (rule.state() == State.REPORT_ONLY) {
            Map<String, Object> report = new LinkedHashMap<>();
            report.put("since", rule.changedAt().toString());
            report.putAll(counts.getOrDefault(new RuleReports.Reporter(rule.id(), rule.version()), Counts.NONE)
                    .asMap());
            view.put("report", report);
        }
        return view;
    }

    /** What is wrong with who is reminded of the end of an exception. */
    List<String> unreminded(StoredRule stored) {
        return new Reminded(session, realm).problem(stored).stream().toList();
    }

    RuleStore rules() {
        return new RuleStore(session, realm);
    }

    /** The one rule of an object. */
    PolicyRule rule(Map<String, Object> object) {
        return PolicyDocument.parse(Map.of("rules", List.of(object)), directory).get(0);
    }

    /** What the caller changes, who must have proved himself. */
    List<PolicyChange> made(String reason, Function<PolicyEdit, List<PolicyChange>> change) {
        caller.requireFreshProof();
        try {
            return change.apply(PolicyEdit.begin(session, realm, Optional.of(caller.id()), reason));
        } catch (ActsOnOneself own) {
            throw caller.refused(Problem.FORBIDDEN, List.of(String.valueOf(own.getMessage())), Optional.empty());
        }
    }

    /** The catalogue of actions, as it stands in a document. */
    List<Map<String, Object>> actions() {
        return new ActionStore(session, realm)
                .all().stream()
                        .flatMap(stored -> stored.action().stream())
                        .map(ActionView::of)
                        .toList();
    }

    /** What these actions would change if they were put in place of all. */
    List<ActionChange> actionsDiff(List<Action> wanted) {
        return new ActionStore(session, realm).diff(wanted);
    }

    /** Puts these actions in place of all, for a caller who has proved himself. */
    List<ActionChange> madeActions(String reason, List<Action> wanted) {
        caller.requireFreshProof();
        return ActionEdit.begin(session, realm, Optional.of(caller.id()), reason)
                .replaceAll(wanted);
    }

    /** The answer, or the problem that there was; then nothing has changed. */
    Response answering(Supplier<Response> call) {
        return Answer.by(session, call);
    }
}
