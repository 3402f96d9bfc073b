package io.sallyport.rest;

import io.sallyport.factor.Approval;
import io.sallyport.factor.Transaction;
import io.sallyport.json.JsonFields;
import io.sallyport.policy.action.Action;
import io.sallyport.policy.action.Details;
import io.sallyport.policy.action.InvalidDetails;
import io.sallyport.verify.ActionApprovals;
import io.sallyport.verify.Recorded;
import io.sallyport.verify.Spend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Spends the approval of exactly this action; whatever else the token says, without one the answer is "no". */
final class AuthorizeCall implements Call.Work {

    private static final String CLAIM = "mfa_approval_id";
    static final Set<String> FIELDS = Set.of("action_type", "action_details", "approval_id");

    private final Caller caller;

    AuthorizeCall(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Map<String, Object> answer(Map<String, Object> request) {
        JsonFields fields = JsonFields.of(request, FIELDS);
        Optional<String> type = fields.text("action_type", "an action", Optional::of);
        Optional<String> named = fields.text("approval_id", "the id of an approval", Fields::id);
        Map<String, Object> details = Fields.details(fields);
        if (type.isEmpty() && !fields.has("action_type")) {
            fields.problem("action_type", "is missing");
        }
        fields.refuseProblems();
        Optional<Action> action = new ActionApprovals(caller.session(), caller.realm()).action(type.get());
        Optional<String> id = named.or(this::claimed);
        Optional<Recorded> refused = id.map(given -> spent(given, type.get(), action, details))
                .orElseGet(() -> Optional.of(spend().without(type.get())));
        if (refused.isPresent()) {
            throw refused.get()
                    .answer(caller.session(), () -> new Refusals(caller).mfaRequired(action.flatMap(Action::maxAge)));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("authorized", true);
        answer.put("approval_id", id.orElseThrow());
        return answer;
    }

    private Optional<String> claimed() {
        return Optional.ofNullable(caller.token().getOtherClaims().get(CLAIM))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .flatMap(Fields::id);
    }

    private Optional<Recorded> spent(String id, String type, Optional<Action> action, Map<String, Object> details) {
        return spend().of(
                        id,
                        type,
                        approval -> action.filter(known -> isWhatWasApproved(approval, known, details))
                                .isPresent());
    }

    private Spend spend() {
        return new Spend(caller.session(), caller.realm(), caller.place(), caller.user(), caller.counted());
    }

    private boolean isWhatWasApproved(Approval approval, Action action, Map<String, Object> details) {
        try {
            Transaction now = new Transaction(
                    action,
                    Details.of(action, details),
                    caller.user().getId(),
                    caller.client().getClientId(),
                    caller.userSession().getId(),
                    approval.tenants());
            return now.canonicalDetails().equals(approval.details())
                    && now.hash(approval.id()).equals(approval.hash());
        } catch (InvalidDetails other) {
            return false;
        }
    }
}
