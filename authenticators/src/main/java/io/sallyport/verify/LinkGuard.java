package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.policy.Policy;
import io.sallyport.policy.Strength;
import io.sallyport.provider.RealmSettings;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * What it takes to tie somebody's account at an identity provider to a user: it is another way in, so who has a factor, or
 * must have one, proves it first. Where links are stored it stands in every way; pages ask it before, so that they can
 * ask for the proof.
 */
public final class LinkGuard {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** The guard of a realm, in the session's transaction. */
    public LinkGuard(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Whether the user can't be linked in this request; administrators and the server can. */
    public boolean refuses(UserModel user) {
        return RealmSettings.enabled(session, realm)
                && Actor.on(session, user)
                        .<Boolean>match(
                                self -> self.visit().map(this::lacksProof).orElse(true),
                                administrator -> false,
                                () -> false);
    }

    /** What this visitor can prove before he is linked; empty if he need not, or can't. */
    public Set<Method> toAsk(Visit visit) {
        if (!RealmSettings.enabled(session, realm) || !lacksProof(visit)) {
            return Set.of();
        }
        Assessments assessments = new Assessments(session, realm);
        Strength wanted = assessments.wanted(visit.user(), Method.WEBAUTHN);
        Set<Method> asked = EnumSet.noneOf(Method.class);
        asked.addAll(new SecondFactors(session).enrolled(realm, visit.user()));
        asked.removeIf(method -> Strength.of(method).compareTo(wanted) < 0);
        assessments.of(visit).demanded().requirement().ifPresent(needed -> asked.removeIf(one -> !needed.accepts(one)));
        return Collections.unmodifiableSet(asked);
    }

    private boolean lacksProof(Visit visit) {
        return !isNew(visit)
                && (new SecondFactors(session).anyHeld(realm, visit.user()) || mustHaveOne(visit))
                && !FreshProof.of(session, realm, visit, Method.WEBAUTHN);
    }

    /** Wherever: a link that was made where nothing is required would lead in where MFA is. */
    private boolean mustHaveOne(Visit visit) {
        return !Policy.requirements(session, realm, Facts.of(session, realm, visit))
                .isEmpty();
    }

    /** Whether this very sign-in made the user, from what the provider says: there is nothing yet to come in by. */
    private boolean isNew(Visit visit) {
        UserModel user = visit.user();
        return visit.signIn()
                        .map(signIn -> signIn.getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER))
                        .filter(Boolean::parseBoolean)
                        .isPresent()
                && !user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE)
                && !new SecondFactors(session).everHeld(realm, user)
                && session.users()
                        .getFederatedIdentitiesStream(realm, user)
                        .findAny()
                        .isEmpty();
    }
}
