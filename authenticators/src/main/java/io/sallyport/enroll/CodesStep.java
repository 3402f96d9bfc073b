package io.sallyport.enroll;

import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.verify.RecoveryLink;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The step that gives recovery codes: to whoever has none, and to whoever has few and wants new ones. */
final class CodesStep {

    private static final String NOTE = "sallyport.recovery-codes";
    private static final String SHOWN = "shown";
    private static final String OFFERED = "offered";
    /** Fewer than that are few. */
    private static final int FEW = 4;

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final AuthenticationSessionModel signIn;
    private final EnrollmentRights rights;
    private final ProofStep proof;
    private final Optional<RecoveryLink> link;

    CodesStep(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getUser();
        this.signIn = context.getAuthenticationSession();
        this.rights = new EnrollmentRights(context);
        this.proof = new ProofStep(context);
        this.link = RecoveryLink.of(signIn);
    }

    /** Whether its page was shown last. */
    boolean isCurrent() {
        return signIn.getAuthNote(NOTE) != null;
    }

    /** After an enrollment: whoever has enough codes is done. */
    void follow() {
        int left = left();
        if (left >= FEW || !rights.provedFactor()) {
            context.success(); // whoever has a stronger factor makes new codes by that one
        } else if (left == 0) {
            give();
        } else {
            offer();
        }
    }

    /** Shows what new codes mean, and a button: a link alone must not make the old ones worthless. */
    void offer() {
        if (link.filter(one -> !one.opensFor(session, realm, user)).isPresent()) {
            refuse();
            return;
        }
        signIn.setAuthNote(NOTE, OFFERED);
        context.challenge(context.form()
                .setAttribute("mfa", Map.of("left", left(), "few", left() < FEW))
                .createForm("mfa-recovery-renew.ftl"));
    }

    /** The page again, for a browser that lost it. Codes are shown once: these are new, and the ones before are dead. */
    void show() {
        if (SHOWN.equals(signIn.getAuthNote(NOTE))) {
            give();
        } else {
            offer();
        }
    }

    /** Takes what the page posted. */
    void answer(PostedForm posted) {
        boolean shown = SHOWN.equals(signIn.getAuthNote(NOTE));
        if (shown ? posted.has("saved") : posted.has("later")) {
            end(shown);
        } else if (posted.has("renew")) {
            give();
        } else if (posted.has("method") || posted.has("choose") || posted.has("send")) {
            if (proof.answer(posted, rights::strongest)) {
                show();
            }
        } else {
            show();
        }
    }

    /** Only after a fresh proof of a factor: a recovery code does not make new ones. */
    private void give() {
        if (!rights.provedFactor() || !rights.hasProvedFactorStill()) {
            proof.show(rights.strongest());
            return;
        }
        Optional<List<String>> codes =
                link.map(one -> codes().byLink(one, user)).orElseGet(() -> Optional.of(codes().forUser(user)));
        codes.ifPresentOrElse(
                made -> {
                    signIn.setAuthNote(NOTE, SHOWN);
                    context.challenge(new EnrollmentPages(context).recoveryCodes(made));
                },
                this::refuse);
    }

    /** Those that a link led to count from now on only. */
    private void end(boolean shown) {
        if (shown && link.filter(one -> !codes().kept(one, user)).isPresent()) {
            refuse();
            return;
        }
        signIn.removeAuthNote(NOTE);
        context.success();
    }

    private void refuse() {
        context.challenge(RefusalPage.linkOver(context.form()));
    }

    private NewRecoveryCodes codes() {
        return new NewRecoveryCodes(session, realm);
    }

    private int left() {
        return new RecoveryCodes(session, new SecureRandom()).remaining(realm.getId(), user.getId());
    }
}
