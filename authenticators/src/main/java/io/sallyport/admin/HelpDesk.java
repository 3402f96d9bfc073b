package io.sallyport.admin;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Trail;
import io.sallyport.factor.CredentialTypes;
import io.sallyport.factor.EnrollmentRecord;
import io.sallyport.factor.Revocation;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Status;
import io.sallyport.factor.pass.Passes;
import io.sallyport.factor.recovery.RecoveryLinks;
import io.sallyport.json.Problem;
import io.sallyport.policy.Method;
import io.sallyport.population.UserStatus;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.Concerning;
import io.sallyport.verify.CredentialChange;
import io.sallyport.verify.GraceEnd;
import io.sallyport.verify.LateLock;
import io.sallyport.verify.LockDisplay;
import io.sallyport.verify.Notice;
import io.sallyport.verify.Notices;
import io.sallyport.verify.RecoveryReset;
import io.sallyport.verify.Reset;
import io.sallyport.verify.StatedReason;
import io.sallyport.verify.Throttle;
import io.sallyport.verify.TrustedDevices;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;

/** What one administrator does about somebody else's factors, each on the record with his reason, and told to the user. */
final class HelpDesk {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeycloakSession session;
    private final RealmModel realm;
    private final String actor;
    private final String reason;

    HelpDesk(KeycloakSession session, RealmModel realm, String actor, String reason) {
        this.session = session;
        this.realm = realm;
        this.actor = actor;
        this.reason = reason;
        new StatedReason(reason).leaveIn(session);
    }

    /** Whether there was anything to lift. */
    boolean unlock(UserModel user) {
        LateLock.tellFirst(session, realm, user);
        boolean counted = new Throttle(session).unlock(realm, user.getId());
        unlocked(user);
        return counted;
    }

    /** Unlocks him if he is locked still; else nothing is done, and nothing is on the record. */
    void lift(UserModel user) {
        LateLock.tellFirst(session, realm, user);
        if (new Throttle(session).lift(realm, user.getId())) {
            unlocked(user);
        }
    }

    private void unlocked(UserModel user) {
        record(MfaEventType.UNLOCKED, user, event -> event);
        LockDisplay.hide(
                session, realm, user.getId()); // after its row: a rollback does not bring Keycloak's count back
        Notices.tell(session, realm, user, Notice.UNLOCKED);
    }

    Passes.Issued issuePass(UserModel user) {
        Passes.Issued issued = newPass(user);
        record(MfaEventType.PASS_ISSUED, user, event -> event);
        Notices.tell(session, realm, user, Notice.PASS_ISSUED, Method.TEMPORARY_PASS);
        return issued;
    }

    /** The same by mail to his verified address: nobody else sees it. When it ends. */
    Instant mailPass(UserModel user) {
        requireMail(user);
        Passes.Issued issued = newPass(user);
        record(MfaEventType.PASS_ISSUED, user, event -> event.with(Detail.DELIVERY, "MAIL"));
        new PassMail(session, realm).send(user, issued);
        return issued.until();
    }

    /** Throws unless a pass could be mailed to him. */
    void requireMail(UserModel user) {
        new PassMail(session, realm).check(user);
    }

    /** Makes the user's recovery codes void and offers him new ones at his next proof; how many were left. */
    int resetCodes(UserModel user) {
        queue(user);
        int left = RecoveryReset.byAnother(session, realm, user);
        record(MfaEventType.RECOVERY_RESET, user, event -> event.with(Detail.METHOD, Method.RECOVERY_CODE.name()));
        Notices.tell(session, realm, user, Notice.RECOVERY_CODES_VOIDED, Method.RECOVERY_CODE);
        return left;
    }

    /**
     * Mails the user a link to new recovery codes, at which he signs in and proves a factor like everybody; the codes that he has go on
     * until he has kept the new ones. When the link ends.
     */
    Instant mailCodes(UserModel user) {
        requireMail(user);
        if (new SecondFactors(session).enrolled(realm, user).isEmpty()) {
            throw Problem.MFA_NOT_ENROLLED.exception(session, List.of("without a factor there are no recovery codes"));
        }
        RecoveryLinks.Link link = new CodesMail(session, realm).send(user);
        record(MfaEventType.RECOVERY_LINK_MAILED, user, event -> event.with(Detail.DELIVERY, "MAIL"));
        return link.until();
    }

    /** False if the user has no such enrollment that could be revoked. With a factor goes what waits to become one. */
    boolean revoke(UserModel user, String enrollmentId) {
        queue(user);
        Optional<CredentialModel> stored = Optional.ofNullable(
                        user.credentialManager().getStoredCredentialById(enrollmentId))
                .filter(credential ->
                        CredentialTypes.method(credential.getType()).isPresent());
        new Revocation(session).hold(realm.getId(), user.getId());
        boolean removed = stored.isPresent() && user.credentialManager().removeStoredCredentialById(enrollmentId);
        stored.filter(credential -> removed)
                .ifPresent(credential -> CredentialChange.removed(session, realm, user, credential));
        List<EnrollmentRecord> pending = EnrollmentRecord.of(session, realm.getId(), user.getId()).stream()
                .filter(known -> known.status() == Status.ENROLLED)
                .filter(known -> removed || known.id().equals(enrollmentId))
                .toList();
        pending.forEach(known -> {
            new Revocation(session).revoke(known.id(), realm.getId(), user.getId(), known.method());
            record(
                    MfaEventType.DEACTIVATED,
                    user,
                    event -> event.with(Detail.METHOD, known.method().name()).with(Detail.ENROLLMENT_ID, known.id()));
        });
        return removed || !pending.isEmpty();
    }

    /** How many browsers the user trusted. */
    int endTrust(UserModel user) {
        int ended = new TrustedDevices(session, realm).endAll(user.getId());
        if (ended > 0) {
            record(MfaEventType.DEVICE_ENDED, user, event -> event);
            Notices.tell(session, realm, user, Notice.DEVICE_ENDED);
        }
        return ended;
    }

    /** False if it is not one of those that the user trusts. */
    boolean endTrust(UserModel user, String deviceId) {
        boolean ended = new TrustedDevices(session, realm).end(user, deviceId);
        if (ended) {
            record(MfaEventType.DEVICE_ENDED, user, event -> event.with(Detail.DEVICE, deviceId));
            Notices.tell(session, realm, user, Notice.DEVICE_ENDED);
        }
        return ended;
    }

    /** {@link #endSessions} by itself. */
    int signOut(UserModel user) {
        int ended = endSessions(user);
        record(MfaEventType.SESSIONS_ENDED, user, event -> event);
        return ended;
    }

    /** False if he could not put enrolling off anyway. */
    boolean endGrace(UserModel user) {
        boolean ended = GraceEnd.bring(session, realm, user.getId(), new UserStatus(session, realm).decision(user));
        if (ended) {
            record(MfaEventType.GRACE_ENDED, user, event -> event);
        }
        return ended;
    }

    /**
     * Ends all sessions, and what was proved or trusted; how many sessions there were. Tokens that were made before are void
     * from now on, also those of offline sessions.
     */
    int endSessions(UserModel user) {
        queue(user);
        Reset.of(session, realm, user.getId());
        List<UserSessionModel> open =
                session.sessions().getUserSessionsStream(realm, user).toList();
        open.forEach(one -> AuthenticationManager.backchannelLogout(session, one, true));
        session.users()
                .setNotBeforeForUser(
                        realm, user, Math.toIntExact(KeycloakClock.now().getEpochSecond()));
        return open.size();
    }

    /** Whoever is about to use what is made void here waits for that, and finds it void then. */
    private void queue(UserModel user) {
        new Throttle(session).queue(realm, user.getId());
    }

    private Passes.Issued newPass(UserModel user) {
        return new Passes(session, RANDOM)
                .issue(
                        realm.getId(),
                        user.getId(),
                        actor,
                        RealmSettings.of(session, realm).get(Setting.PASS_TTL));
    }

    private void record(MfaEventType type, UserModel user, UnaryOperator<MfaEvent> details) {
        Trail.record(
                session,
                realm,
                details.apply(Concerning.user(session, realm, user, type)
                        .with(Detail.ACTOR, actor)
                        .with(Detail.REASON, reason)));
    }
}
