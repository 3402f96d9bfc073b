package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.json.JsonFields;
import io.sallyport.policy.address.StrictAddresses;
import io.sallyport.policy.rules.Directory;
import io.sallyport.policy.rules.InvalidPolicy;
import io.sallyport.policy.rules.PolicyDocument;
import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.State;
import io.sallyport.population.simulation.Draft;
import io.sallyport.population.simulation.Show;
import io.sallyport.population.simulation.StoredRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads the request of a simulation and reports everything that is wrong with it. */
final class SimulationReader {

    private static final Set<String> DRAFTS = Set.of("document", "rule", "delete", "enforce");
    private static final Set<String> FIELDS =
            Set.of("document", "rule", "delete", "enforce", "context", "show", "after", "max");
    private static final Set<String> CONTEXT = Set.of("client", "address", "identity_provider");
    private static final String KINDS = "must_enroll, refused, loosened, tightened, administrators or break_glass";

    private final JsonFields root;
    private final Directory directory;
    private final StoredRules stored;

    private SimulationReader(JsonFields root, Directory directory, StoredRules stored) {
        this.root = root;
        this.directory = directory;
        this.stored = stored;
    }

    /**
     * The request of a body.
     *
     * @throws InvalidRequest naming every problem
     */
    static SimulationRequest read(Map<String, Object> body, Directory directory, StoredRules stored) {
        return new SimulationReader(JsonFields.of(body, FIELDS), directory, stored).request();
    }

    private SimulationRequest request() {
        if (DRAFTS.stream().filter(root::has).count() != 1) {
            root.problem("", "want exactly one of document, rule, delete and enforce");
        }
        Draft draft = draft();
        SimulationRequest request = new SimulationRequest(
                draft,
                root.object("context", CONTEXT)
                        .map(this::context)
                        .orElseGet(() -> SimulationContext.meeting(draft.rules())),
                root.texts("show", KINDS, Show::named).keySet(),
                root.text("after", "the id of a user", Optional::of),
                root.whole("max", 1, SimulationRequest.MOST));
        root.refuseProblems();
        return request;
    }

    private Draft draft() {
        if (root.has("enforce")) {
            return new Draft.Enforced(reportOnly());
        }
        if (root.has("delete")) {
            return root.text("delete", "the id of a rule", this::deleted).orElseGet(() -> new Draft.Whole(List.of()));
        }
        if (root.has("rule")) {
            List<PolicyRule> rules = rules(Map.of("rules", List.of(root.raw("rule"))), "$.rules[0]", "rule");
            return rules.isEmpty() ? new Draft.Whole(rules) : new Draft.OneRule(rules.get(0));
        }
        return new Draft.Whole(root.has("document") ? rules(root.raw("document"), "$", "document") : List.of());
    }

    private Optional<Draft> deleted(String id) {
        return stored.named(List.of(id)).stream().findFirst().map(Draft.Deleted::new);
    }

    /** The rules of a document; problems are told where the administrator wrote it. */
    private List<PolicyRule> rules(Object document, String there, String here) {
        try {
            return PolicyDocument.parse(document, directory);
        } catch (InvalidPolicy bad) {
            bad.problems().forEach(problem -> {
                String[] parts = problem.split(": ", 2);
                String within = parts[0].startsWith(there) ? parts[0].substring(there.length()) : "";
                root.problem(here + within, parts[1]);
            });
            return List.of();
        }
    }

    private List<PolicyRule> reportOnly() {
        Map<String, String> names = root.texts("enforce", "the id of a rule", Optional::of);
        Map<String, PolicyRule> found =
                stored.named(names.keySet()).stream().collect(Collectors.toMap(PolicyRule::id, Function.identity()));
        names.forEach((id, name) -> {
            PolicyRule rule = found.get(id);
            if (rule == null) {
                root.problem(name, "there is no rule " + id);
            } else if (rule.state() != State.REPORT_ONLY) {
                root.problem(name, "state is " + rule.state() + ", want REPORT_ONLY");
            }
        });
        return List.copyOf(found.values());
    }

    private SimulationContext context(JsonFields context) {
        return new SimulationContext(
                context.text("client", "a client of the realm", known(directory::hasClient))
                        .orElse(SimulationContext.ANY_CLIENT),
                context.text(
                        "address",
                        "an IPv4 or IPv6 address",
                        text -> StrictAddresses.address(text).map(address -> text)),
                context.text(
                        "identity_provider",
                        "an identity provider of the realm",
                        known(directory::hasIdentityProvider)));
    }

    private static Function<String, Optional<String>> known(Predicate<String> exists) {
        return name -> Optional.of(name).filter(exists);
    }
}
