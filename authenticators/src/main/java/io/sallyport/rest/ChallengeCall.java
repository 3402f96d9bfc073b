package io.sallyport.rest;

import io.sallyport.json.JsonFields;
import io.sallyport.policy.Method;
import io.sallyport.verify.CallRate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks for the proof of one action, or of the sign-in. */
final class ChallengeCall implements Call.Work {

    static final Set<String> FIELDS = Set.of("action_type", "action_details", "method", Once.EXTERNAL_ID);

    private final Caller caller;

    ChallengeCall(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Map<String, Object> answer(Map<String, Object> request) {
        JsonFields fields = JsonFields.of(request, FIELDS);
        Optional<String> type = fields.text("action_type", "an action", Optional::of);
        Optional<Method> method = fields.text("method", "a method", Method::named);
        Map<String, Object> details = Fields.details(fields);
        if (type.isEmpty() && !fields.has("action_type")) {
            fields.problem("action_type", "is missing");
        }
        Optional<String> externalId = fields.text(Once.EXTERNAL_ID, Fields.PLAIN, Fields::plain);
        fields.refuseProblems();
        Challenging.Wanted wanted = new Challenging.Wanted(type.get(), details, method);
        if (!wanted.isSignIn()) {
            caller.live();
        }
        new Refusals(caller).ifTooMany(CallRate.Kind.CHALLENGE);
        return new Once(caller, "challenge").answer(externalId, request, new Challenging(caller, wanted));
    }
}
