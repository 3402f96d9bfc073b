package io.sallyport.rest;

import io.sallyport.json.JsonFields;
import io.sallyport.policy.Method;
import io.sallyport.verify.CallRate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Begins an enrollment of the caller, which his first right answer will make a factor. */
final class EnrollCall implements Call.Work {

    static final Set<String> FIELDS = Set.of("method", Once.EXTERNAL_ID, "label", "phone_number");

    private final Caller caller;

    EnrollCall(Caller caller) {
        this.caller = caller;
    }

    @Override
    public Map<String, Object> answer(Map<String, Object> request) {
        JsonFields fields = JsonFields.of(request, FIELDS);
        Optional<Method> method = fields.text("method", "a method", Method::named);
        Optional<String> externalId = fields.text(Once.EXTERNAL_ID, Fields.PLAIN, Fields::plain);
        Optional<String> label = fields.text("label", Fields.PLAIN, Fields::plain);
        Optional<String> number = fields.text("phone_number", "a phone number", Optional::of);
        if (method.isEmpty() && !fields.has("method")) {
            fields.problem("method", "is missing");
        }
        if (fields.has("phone_number") != method.filter(Method.SMS_OTP::equals).isPresent()) {
            fields.problem("phone_number", fields.has("phone_number") ? "is not for this method" : "is missing");
        }
        fields.refuseProblems();
        new Refusals(caller).ifTooMany(CallRate.Kind.ENROLL);
        return new Once(caller, "enroll")
                .answer(
                        externalId,
                        request,
                        new Enrolling(caller, new Enrolling.Wanted(method.get(), externalId, label, number)));
    }
}
