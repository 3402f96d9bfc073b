package io.sallyport.enroll;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.PendingTotp;
import io.sallyport.form.ChallengePage;
import io.sallyport.form.PostedForm;
import io.sallyport.form.RefusalPage;
import io.sallyport.policy.Method;
import io.sallyport.verify.Activation;
import io.sallyport.verify.Attempt;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.Verification;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * One enrollment of an authenticator app, step by step: prove the factor one has, scan, enter a first code, save the
 * recovery codes. What the server must remember between pages is in notes and rows; the browser holds nothing.
 */
final class TotpEnrollment {

    private static final String PENDING_NOTE = "sallyport.enrollment";
    private static final String CODES_NOTE = "sallyport.recovery-codes-shown";

    private final RequiredActionContext context;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final AuthenticationSessionModel signIn;
    private final EnrollmentPages pages;
    private final EnrollmentRights rights;

    TotpEnrollment(RequiredActionContext context) {
        this.context = context;
        this.session = context.getSession();
        this.realm = context.getRealm();
        this.user = context.getUser();
        this.signIn = context.getAuthenticationSession();
        this.pages = new EnrollmentPages(context);
        this.rights = new EnrollmentRights(context);
    }

    /** Shows the page of the step at which the enrollment is. */
    void show() {
        orRefuse(() -> {
            if (signIn.getAuthNote(CODES_NOTE) != null) {
                showRecoveryCodes();
            } else if (rights.refused()) {
                context.challenge(RefusalPage.denied(context.form()));
            } else if (rights.needsProof()) {
                context.challenge(challenge().show(context.form(), rights.enrolled()));
            } else if (new Throttle(session).lockedUntil(realm, user.getId()).isPresent()) {
                context.challenge(challenge().show(context.form(), Set.of(Method.TOTP)));
            } else {
                context.challenge(pages.scan(pending().orElseGet(this::begin), "", Optional.empty()));
            }
        });
    }

    /** Takes what the page of the step posted. A proof is verified before anything else is looked up. */
    void answer() {
        orRefuse(() -> {
            PostedForm posted = PostedForm.of(context.getHttpRequest());
            if (signIn.getAuthNote(CODES_NOTE) != null) {
                saved(posted);
            } else if (signIn.getAuthNote(PENDING_NOTE) == null) {
                prove(posted);
            } else {
                firstCode(signIn.getAuthNote(PENDING_NOTE), posted);
            }
        });
    }

    private void saved(PostedForm posted) {
        if (posted.has("saved")) {
            signIn.removeAuthNote(CODES_NOTE);
            context.success();
        } else {
            showRecoveryCodes();
        }
    }

    private void prove(PostedForm posted) {
        Verification answer = challenge().answer(posted);
        if (answer instanceof Verification.Verified || rights.enrolled().isEmpty()) {
            show();
        } else {
            context.challenge(challenge().showAgain(context.form(), rights.enrolled(), posted, answer));
        }
    }

    private void firstCode(String pendingId, PostedForm posted) {
        String label = posted.text("label").orElse("");
        Optional<String> problem = pages.problemWith(label);
        if (problem.isPresent()) {
            scanAgain(label, problem.get());
            return;
        }
        boolean first = rights.enrolled().isEmpty();
        Verification answer = new Activation(session, realm)
                .activate(
                        new Attempt(
                                user,
                                Optional.of(signIn),
                                Method.TOTP,
                                Optional.of(pendingId),
                                posted.text("code").orElse("")),
                        pendingId,
                        label,
                        rights::granted);
        if (answer instanceof Verification.Verified) {
            signIn.removeAuthNote(PENDING_NOTE);
            activated(first);
        } else if (answer instanceof Verification.LockedOut) {
            context.challenge(challenge().show(context.form(), Set.of(Method.TOTP)));
        } else if (rights.granted()) {
            scanAgain(label, posted.text("code").isPresent() ? "mfaWrongCode" : "mfaCodeMissing");
        } else {
            signIn.removeAuthNote(PENDING_NOTE);
            show();
        }
    }

    private void scanAgain(String label, String message) {
        context.challenge(pages.scan(pending().orElseGet(this::begin), label, Optional.of(message)));
    }

    /** The first factor brings recovery codes along; with the second one they are there already. */
    private void activated(boolean first) {
        if (first) {
            signIn.setAuthNote(CODES_NOTE, "true");
            showRecoveryCodes();
        } else {
            context.success();
        }
    }

    /** Codes are shown once: a reload of the page shows new ones, and the ones before are dead. */
    private void showRecoveryCodes() {
        context.challenge(pages.recoveryCodes(new NewRecoveryCodes(session, realm).forUser(user)));
    }

    private Optional<PendingTotp> pending() {
        return Optional.ofNullable(signIn.getAuthNote(PENDING_NOTE))
                .flatMap(id -> PendingTotp.find(session, realm, user, id));
    }

    private PendingTotp begin() {
        PendingTotp pending = PendingTotp.begin(session, realm, user);
        signIn.setAuthNote(PENDING_NOTE, pending.id());
        Trail.record(
                session,
                realm,
                MfaEvent.of(MfaEventType.ENROLLMENT_STARTED, Outcome.SUCCESS)
                        .user(user.getId())
                        .client(Optional.of(signIn.getClient().getClientId()))
                        .session(signIn.getParentSession().getId())
                        .with(Detail.METHOD, Method.TOTP.name())
                        .with(Detail.ENROLLMENT_ID, pending.id()));
        return pending;
    }

    private ChallengePage challenge() {
        return new ChallengePage(session, realm, signIn, user);
    }

    private void orRefuse(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException unavailable) {
            session.getTransactionManager().setRollbackOnly();
            context.challenge(RefusalPage.unavailable(context.form(), unavailable));
        }
    }
}
