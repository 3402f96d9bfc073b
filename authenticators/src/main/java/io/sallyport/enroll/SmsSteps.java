package io.sallyport.enroll;

import io.sallyport.factor.OwnNumbers;
import io.sallyport.factor.PendingSms;
import io.sallyport.factor.Purpose;
import io.sallyport.factor.sms.Dialled;
import io.sallyport.factor.sms.NumberRules;
import io.sallyport.factor.sms.PhoneNumber;
import io.sallyport.form.PostedForm;
import io.sallyport.form.Sending;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.verify.Place;
import io.sallyport.verify.Posed;
import io.sallyport.verify.Questions;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A phone number, in three steps: the number, a message if the user wants it, the code of the message. */
final class SmsSteps implements MethodSteps {

    private final EnrollmentDesk desk;
    private final Sending sending;

    SmsSteps(EnrollmentDesk desk) {
        this.desk = desk;
        this.sending = new Sending(desk.signIn(), Purpose.ENROLL);
    }

    @Override
    public Response show(String label, Optional<String> problem) {
        desk.notes().at(Method.SMS_OTP);
        return page(label, problem, sending.last());
    }

    @Override
    public Optional<Response> before(PostedForm posted) {
        if (posted.has("number")) {
            return Optional.of(numbered(posted.text("number").orElse("")));
        }
        if (posted.has("change")) {
            desk.notes().abandon();
            return Optional.of(show("", Optional.empty()));
        }
        if (posted.has("send")) {
            return Optional.of(sent(posted.text("label").orElse("")));
        }
        return pending().isEmpty() ? Optional.of(show("", Optional.empty())) : Optional.empty();
    }

    @Override
    public String name() {
        return pending().map(found -> found.number().masked()).orElse("");
    }

    @Override
    public String answer(PostedForm posted) {
        return posted.text("code").orElse("");
    }

    @Override
    public String problem(PostedForm posted) {
        return posted.text("code").isPresent() ? "mfaWrongCode" : "mfaCodeMissing";
    }

    /** One number at a time: the one before goes once the new one is proven. */
    @Override
    public void activated(String enrollmentId) {
        new OwnNumbers(desk.realm(), desk.user()).keepOnly(enrollmentId);
    }

    private Response numbered(String typed) {
        if (!new EnrollmentRights(desk.context()).granted(Method.SMS_OTP)) {
            Response page = show("", Optional.of("mfaSmsNumberRefused"));
            desk.notes().forget();
            return page;
        }
        return NumberRules.from(RealmSettings.of(desk.session(), desk.realm()))
                .parse(typed)
                .match(accepted -> begun(accepted.number()), refused -> refused(refused.why()));
    }

    private Response begun(PhoneNumber number) {
        PendingSms pending = desk.start().sms(number);
        sending.forget();
        desk.notes().begun(pending.id());
        return show("", Optional.empty());
    }

    private Response refused(Dialled.Why why) {
        desk.start().refused(why).recordHere(desk.session());
        return show("", Optional.of("mfaSmsNumberRefused"));
    }

    /** Before any SQL of the request: a message is committed in a transaction of its own. */
    private Response sent(String label) {
        Posed posed = new Questions(desk.session(), desk.realm(), Place.of(desk.signIn()), desk.user())
                .send(
                        Method.SMS_OTP,
                        Purpose.ENROLL,
                        desk.notes().pending(),
                        (own, user) -> new EnrollmentRights(
                                        own, own.getContext().getRealm(), Place.of(desk.signIn()), user)
                                .granted(Method.SMS_OTP));
        sending.posed(posed);
        if (posed.problem().isPresent() && !new EnrollmentRights(desk.context()).granted(Method.SMS_OTP)) {
            desk.notes().forget();
        }
        return page(label, sending.problem(), sending.last());
    }

    private Response page(String label, Optional<String> problem, Map<String, Object> question) {
        Map<String, Object> mfa = new HashMap<>();
        mfa.put("label", label);
        mfa.put("cancellable", desk.cancellable());
        mfa.put("question", question);
        pending().ifPresent(found -> mfa.put("destination", found.number().masked()));
        return desk.form(problem).setAttribute("mfa", mfa).createForm("mfa-enroll-sms.ftl");
    }

    private Optional<PendingSms> pending() {
        return desk.notes().pending().flatMap(id -> PendingSms.find(desk.session(), desk.realm(), desk.user(), id));
    }
}
