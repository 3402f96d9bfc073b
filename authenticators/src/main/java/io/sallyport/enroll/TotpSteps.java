package io.sallyport.enroll;

import io.sallyport.factor.PendingTotp;
import io.sallyport.factor.totp.OtpParameters;
import io.sallyport.form.PostedForm;
import io.sallyport.policy.Method;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;

/** An authenticator app: scan, and enter the first code, on one page. */
final class TotpSteps implements MethodSteps {

    private final EnrollmentDesk desk;

    TotpSteps(EnrollmentDesk desk) {
        this.desk = desk;
    }

    @Override
    public Response show(String label, Optional<String> problem) {
        desk.notes().at(Method.TOTP);
        PendingTotp pending = desk.notes()
                .pending()
                .flatMap(id -> PendingTotp.find(desk.session(), desk.realm(), desk.user(), id))
                .orElseGet(this::begin);
        OtpParameters parameters = pending.parameters();
        return desk.form(problem)
                .setAttribute(
                        "mfa",
                        Map.of(
                                "qr", new KeyUri(desk.realm(), desk.user(), pending).qrPng(),
                                "secret", pending.base32().replaceAll("(.{4})(?=.)", "$1 "),
                                "digits", parameters.digits(),
                                "period", parameters.period().toSeconds(),
                                "algorithm", parameters.algorithm().name(),
                                "label", label,
                                "cancellable", desk.cancellable()))
                .createForm("mfa-enroll-totp.ftl");
    }

    @Override
    public String answer(PostedForm posted) {
        return posted.text("code").orElse("");
    }

    @Override
    public String problem(PostedForm posted) {
        return posted.text("code").isPresent() ? "mfaWrongCode" : "mfaCodeMissing";
    }

    private PendingTotp begin() {
        PendingTotp pending = desk.start().totp();
        desk.notes().begun(pending.id());
        return pending;
    }
}
