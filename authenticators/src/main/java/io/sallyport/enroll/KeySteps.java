package io.sallyport.enroll;

import io.sallyport.factor.PendingKey;
import io.sallyport.factor.Purpose;
import io.sallyport.form.PostedForm;
import io.sallyport.policy.Method;
import io.sallyport.verify.Place;
import io.sallyport.verify.Posed;
import io.sallyport.verify.Questions;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** A passkey or security key: the browser makes it, and its name goes along, on one page. Each page has its own challenge. */
final class KeySteps implements MethodSteps {

    private static final String CREDENTIAL = "credential";
    private static final int MAX_CREDENTIAL = 65_536;

    private final EnrollmentDesk desk;

    KeySteps(EnrollmentDesk desk) {
        this.desk = desk;
    }

    @Override
    public Response show(String label, Optional<String> problem) {
        desk.notes().at(Method.WEBAUTHN);
        PendingKey pending = desk.notes()
                .pending()
                .flatMap(id -> PendingKey.find(desk.session(), desk.realm(), desk.user(), id))
                .orElseGet(this::begin);
        Posed posed = new Questions(desk.session(), desk.realm(), Place.of(desk.signIn()), desk.user())
                .pose(Method.WEBAUTHN, Purpose.ENROLL, Optional.of(pending.id()));
        return desk.form(posed.problem().map(found -> found.message()).or(() -> problem))
                .setAttribute(
                        "mfa",
                        Map.of(
                                "question", posed.shown(),
                                "label", label,
                                "cancellable", desk.cancellable()))
                .createForm("mfa-enroll-webauthn.ftl");
    }

    @Override
    public String answer(PostedForm posted) {
        return posted.document(CREDENTIAL, MAX_CREDENTIAL).orElse("");
    }

    @Override
    public String problem(PostedForm posted) {
        return "mfaKeyNotMade";
    }

    private PendingKey begin() {
        PendingKey pending = desk.start().key(desk.notes().keyType().orElse(WebAuthnCredentialModel.TYPE_TWOFACTOR));
        desk.notes().begun(pending.id());
        return pending;
    }
}
