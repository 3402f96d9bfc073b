package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.policy.Policy;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Reason;
import io.sallyport.policy.SignInFacts;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Settings;
import io.sallyport.provider.SsoSetting;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * What becomes of a rule's demand where an identity provider vouched for the user, nobody typed a password here, and no
 * rule names the provider.
 *
 * @param kind what
 * @param provider alias of the provider
 */
public record Vouching(Kind kind, String provider) {

    /** What a provider's word comes to. */
    public enum Kind {
        /** It stands for MFA. */
        EXEMPT,
        /** It does not, and the user has nothing here to prove or to set up a factor with. */
        UNSUPPORTED
    }

    /**
     * What the word of this visit's provider comes to; empty if it is as the policy says.
     *
     * @param proved whether anything was proved in the session
     */
    static Optional<Vouching> of(
            KeycloakSession session,
            RealmModel realm,
            Visit visit,
            SignInFacts facts,
            PolicyDecision decision,
            boolean proved) {
        return visit.upstream()
                .filter(upstream -> decision.requirement().isPresent()
                        && !upstream.password()
                        && !Policy.namesProvider(session, realm, facts))
                .flatMap(upstream -> kind(session, realm, visit.user(), upstream, decision, proved)
                        .map(kind -> new Vouching(kind, upstream.provider())));
    }

    private static Optional<Kind> kind(
            KeycloakSession session,
            RealmModel realm,
            UserModel user,
            Upstream upstream,
            PolicyDecision decision,
            boolean proved) {
        Settings settings = RealmSettings.of(session, realm);
        boolean linked = session.users().getFederatedIdentity(realm, user, upstream.provider()) != null;
        if (linked && isTrusted(settings, upstream)) {
            return Optional.of(Kind.EXEMPT);
        }
        boolean hasAWay = proved
                || !(decision instanceof PolicyDecision.Enroll)
                || settings.get(SsoSetting.ENROLLMENT)
                || user.credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE);
        SecondFactors factors = new SecondFactors(session);
        return hasAWay
                        || factors.anyHeld(realm, user)
                        // the mailbox is the provider's word again
                        || !Set.of(Method.EMAIL_CODE).containsAll(factors.lastResorts(realm, user))
                ? Optional.empty()
                : Optional.of(Kind.UNSUPPORTED);
    }

    /** Whether the provider is trusted, knew the user before, and says what it must say. */
    static boolean isTrusted(Settings settings, Upstream upstream) {
        Set<String> amr = settings.get(SsoSetting.AMR);
        Set<String> acr = settings.get(SsoSetting.ACR);
        return upstream.knewHim()
                && settings.get(SsoSetting.TRUSTED_PROVIDERS).contains(upstream.provider())
                && ((amr.isEmpty() && acr.isEmpty())
                        || !Collections.disjoint(amr, upstream.word().amr())
                        || upstream.word().acr().filter(acr::contains).isPresent());
    }

    /** The decision that takes the place of the policy's. */
    PolicyDecision decision() {
        return switch (kind) {
            case EXEMPT -> new PolicyDecision.Skip(List.of(Reason.of(provider + " is trusted for MFA")));
            case UNSUPPORTED -> new PolicyDecision.Deny(List.of(Reason.of(provider + " is not trusted for MFA")));
        };
    }
}
