package io.sallyport.enroll;

import io.sallyport.factor.PendingTotp;
import io.sallyport.factor.totp.OtpParameters;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.FormMessage;

/** The pages of an enrollment, and the name that a user may give his device. */
final class EnrollmentPages {

    private static final int MAX_LABEL = 64;

    private final RequiredActionContext context;

    EnrollmentPages(RequiredActionContext context) {
        this.context = context;
    }

    /** QR code, key for typing, and the field for the first code; with a message if the last answer did not do. */
    Response scan(PendingTotp pending, String label, Optional<String> problem) {
        KeyUri uri = new KeyUri(context.getRealm(), context.getUser(), pending);
        OtpParameters parameters = pending.parameters();
        problem.ifPresent(message ->
                context.form().addError(new FormMessage(message.startsWith("mfaLabel") ? "label" : "code", message)));
        return context.form()
                .setAttribute(
                        "mfa",
                        Map.of(
                                "qr", uri.qrPng(),
                                "secret", pending.base32().replaceAll("(.{4})(?=.)", "$1 "),
                                "digits", parameters.digits(),
                                "period", parameters.period().toSeconds(),
                                "algorithm", parameters.algorithm().name(),
                                "label", label,
                                "cancellable", cancellable()))
                .createForm("mfa-enroll-totp.ftl");
    }

    /** The new recovery codes, once. */
    Response recoveryCodes(List<String> codes) {
        return context.form().setAttribute("mfa", Map.of("codes", codes)).createForm("mfa-recovery-codes.ftl");
    }

    /** Why the label won't do, as a message key; empty if it will. */
    Optional<String> problemWith(String label) {
        if (label.length() > MAX_LABEL || label.codePoints().anyMatch(Character::isISOControl)) {
            return Optional.of("mfaLabelInvalid");
        }
        boolean taken = context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE)
                .anyMatch(stored ->
                        label.equals(Optional.ofNullable(stored.getUserLabel()).orElse("")));
        return taken ? Optional.of("mfaLabelTaken") : Optional.empty();
    }

    /** Only somebody who asked for the enrollment himself may leave it. */
    private boolean cancellable() {
        return UserModel.RequiredAction.CONFIGURE_TOTP
                        .name()
                        .equals(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING))
                && context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_ENFORCED) == null;
    }
}
