package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Trail;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.CredentialTypes;
import io.sallyport.factor.RemovedNumber;
import io.sallyport.factor.Revocation;
import io.sallyport.factor.SecondFactors;
import io.sallyport.factor.Suspension;
import io.sallyport.policy.Method;
import io.sallyport.policy.Policy;
import io.sallyport.policy.Requirement;
import io.sallyport.policy.SignInFacts;
import io.sallyport.provider.ClientAddress;
import io.sallyport.provider.RealmSettings;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What a user may do to his own factors, and what becomes of a removed one. Where credentials are stored it stands in
 * every way; pages ask it before, so that they can say why.
 */
public final class RemovalGuard {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** The guard of a realm, in the session's transaction. */
    public RemovalGuard(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Why something can't be done. */
    public enum Refusal {
        /** Only somebody who proved a factor just now may. */
        PROOF_NEEDED,
        /** The policy asks for MFA, and nothing would be left to prove it with. */
        LAST_FACTOR
    }

    /** Whether the credential is a factor here at all. */
    public boolean concerns(CredentialModel credential) {
        return CredentialTypes.method(credential.getType()).isPresent() && RealmSettings.enabled(session, realm);
    }

    /**
     * Why the factor can't be removed in this request; empty if it can. Of two that the user removes at once the second waits
     * for the first, and finds it gone.
     */
    public Optional<Refusal> refusesRemoval(UserModel user, String credentialId) {
        Optional<Method> method = Optional.ofNullable(user.credentialManager().getStoredCredentialById(credentialId))
                .flatMap(stored -> CredentialTypes.method(stored.getType()));
        return byHimself(user)
                .flatMap(self -> unproven(self, method)
                        .or(() -> method.flatMap(held -> afterTheWait(self, held, credentialId))));
    }

    /** Whoever was waited for may have made void what was proved, or have taken what would be left. */
    private Optional<Refusal> afterTheWait(Actor.Self self, Method method, String credentialId) {
        self.visit()
                .ifPresent(
                        visit -> new Throttle(session).queue(realm, visit.user().getId()));
        return unproven(self, Optional.of(method))
                .or(() -> self.visit()
                        .filter(visit -> isLast(visit, method, credentialId))
                        .map(last -> Refusal.LAST_FACTOR));
    }

    /** Why the factor can't be called otherwise in this request; empty if it can. */
    public Optional<Refusal> refusesChange(UserModel user) {
        return byHimself(user).flatMap(self -> unproven(self, Optional.empty()));
    }

    /** What comes before the removal of a factor that nothing refuses; false if somebody else has removed it meanwhile. */
    public boolean beforeRemoval(UserModel user, String credentialId) {
        new Throttle(session)
                .queue(realm, user.getId()); // so that what he proved is looked at after this, or was before it
        Revocation revocation = new Revocation(session);
        revocation.hold(realm.getId(), user.getId());
        return !revocation.of(realm.getId(), user.getId()).contains(credentialId);
    }

    /** Revokes the enrollment of a factor that was removed, on the record, and tells the user. */
    public void removed(UserModel user, CredentialModel credential) {
        Method method = CredentialTypes.method(credential.getType()).orElseThrow();
        new Revocation(session).revoke(credential.getId(), realm.getId(), user.getId(), method);
        new Challenges(session).voidAll(realm.getId(), user.getId());
        new TrustedDevices(session, realm).endAll(user.getId());
        new MfaTokens(session).endOthers(realm.getId(), user.getId());
        MfaEvent event = StatedReason.on(
                session,
                Concerning.user(session, realm, user, MfaEventType.DEACTIVATED)
                        .with(Detail.METHOD, method.name())
                        .with(Detail.ENROLLMENT_ID, credential.getId()));
        Trail.record(
                session,
                realm,
                Actor.on(session, user)
                        .administratorId()
                        .map(id -> event.with(Detail.ACTOR, id))
                        .orElse(event));
        Notices.tell(session, realm, user, Notice.REMOVED, method);
        if (method == Method.SMS_OTP) {
            tellNumber(user, credential);
        }
    }

    /** An administrator's address is not counted: he may remove many. */
    private void tellNumber(UserModel user, CredentialModel removed) {
        Optional<String> address = Actor.on(session, user).administratorId().isPresent()
                ? Optional.empty()
                : ClientAddress.counted(session, realm);
        RemovedNumber.of(session, realm, user, removed)
                .tell(session, address, Ruling.of(session, user.getId()).tenants());
    }

    private Optional<Actor.Self> byHimself(UserModel user) {
        return Actor.on(session, user).match(Optional::of, administrator -> Optional.empty(), Optional::empty);
    }

    private Optional<Refusal> unproven(Actor.Self self, Optional<Method> removed) {
        boolean proven = self.visit()
                .filter(visit -> removed.map(method -> FreshProof.of(session, realm, visit, method))
                        .orElseGet(() -> FreshProof.of(session, realm, visit)))
                .isPresent();
        return proven ? Optional.empty() : Optional.of(Refusal.PROOF_NEEDED);
    }

    /** Wherever the policy asks for it: what is last for one application is not free to go by way of another. */
    private boolean isLast(Visit visit, Method method, String credentialId) {
        SignInFacts facts = Facts.of(session, realm, visit);
        Stream<Requirement> here = new Assessments(session, realm).of(visit).demanded().requirement().stream();
        Stream<Requirement> anywhere = Policy.requirements(session, realm, facts).stream();
        return Stream.concat(here, anywhere)
                .filter(wanted -> wanted.accepts(method) && facts.available().contains(method))
                .anyMatch(wanted -> facts.enrolled().stream()
                        .filter(wanted::accepts)
                        .noneMatch(one -> isLeft(visit.user(), one, credentialId)));
    }

    private boolean isLeft(UserModel user, Method method, String removed) {
        Set<String> gone = new HashSet<>(new Suspension(session).of(realm.getId(), user.getId()));
        gone.addAll(new Revocation(session).of(realm.getId(), user.getId()));
        gone.add(removed);
        return new SecondFactors(session)
                .of(method)
                .map(factor -> factor.enrollments(realm, user).stream()
                        .anyMatch(enrollment -> !gone.contains(enrollment.id())))
                .orElse(false);
    }
}
