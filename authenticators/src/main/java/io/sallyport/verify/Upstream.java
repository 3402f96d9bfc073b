package io.sallyport.verify;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * How an identity provider vouched for a user, from notes that Keycloak and we keep in the session. No browser can post
 * them; mappers of a provider can write some, and whoever configures these can configure the provider itself.
 *
 * @param provider alias
 * @param knewHim whether the link to the user is older than the sign-in
 * @param password whether a local password was given too
 * @param word what its ID token says; nothing while the link is not older
 */
public record Upstream(String provider, boolean knewHim, boolean password, ProviderToken word) {

    private static final String KNOWN = "sallyport.upstream";
    private static final String AMR = "sallyport.upstream.amr";
    private static final String ACR = "sallyport.upstream.acr";

    /** In a sign-in in progress; who is signed in already came as he came to his session. */
    static Optional<Upstream> of(KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        Optional<UserSessionModel> running = FirstFactor.running(session, signIn, user);
        boolean password = FirstFactor.isPassword(signIn)
                || running.filter(FirstFactor::isPassword).isPresent();
        String alias = signIn.getUserSessionNotes().get(Details.IDENTITY_PROVIDER);
        if (alias == null) {
            return running.flatMap(Upstream::of).map(upstream -> upstream.with(password));
        }
        remember(session, signIn, user, alias);
        return Optional.of(read(signIn.getUserSessionNotes(), alias, user).with(password));
    }

    /** In a session. */
    static Optional<Upstream> of(UserSessionModel userSession) {
        // Keycloak also names a provider that was linked later in a session of somebody who came by his password
        return Optional.ofNullable(userSession.getNote(Details.IDENTITY_PROVIDER))
                .filter(alias -> userSession.getNote(KNOWN) != null || !FirstFactor.isPassword(userSession))
                .map(alias -> read(userSession.getNotes(), alias, userSession.getUser())
                        .with(FirstFactor.isPassword(userSession)));
    }

    private Upstream with(boolean passwordToo) {
        return new Upstream(provider, knewHim, passwordToo, word);
    }

    /**
     * Leaves it in the session that is to come, once for each sign-in: linking another provider later in it overwrites
     * what Keycloak keeps.
     */
    private static void remember(
            KeycloakSession session, AuthenticationSessionModel signIn, UserModel user, String alias) {
        if (isKnown(signIn.getUserSessionNotes(), alias, user)) {
            return;
        }
        Optional<FederatedIdentityModel> link = link(session, signIn, user, alias);
        ProviderToken word = link.flatMap(
                        known -> Optional.ofNullable(session.identityProviders().getByAlias(alias))
                                .flatMap(provider -> word(signIn, provider, known)))
                .orElse(ProviderToken.SILENT);
        signIn.setUserSessionNote(KNOWN, link.isPresent() ? known(alias, user) : "");
        signIn.setUserSessionNote(AMR, String.join(" ", word.amr()));
        signIn.setUserSessionNote(ACR, word.acr().orElse(""));
    }

    /** The link to the user; empty if this very sign-in made it. */
    private static Optional<FederatedIdentityModel> link(
            KeycloakSession session, AuthenticationSessionModel signIn, UserModel user, String alias) {
        return signIn.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS) == null
                ? Optional.ofNullable(session.users().getFederatedIdentity(signIn.getRealm(), user, alias))
                : Optional.empty();
    }

    private static Optional<ProviderToken> word(
            AuthenticationSessionModel signIn, IdentityProviderModel provider, FederatedIdentityModel link) {
        return Optional.ofNullable(signIn.getUserSessionNotes().get(OIDCIdentityProvider.FEDERATED_ID_TOKEN))
                .map(kept -> ProviderToken.read(kept, provider, link));
    }

    private static Upstream read(Map<String, String> notes, String alias, UserModel user) {
        if (!isKnown(notes, alias, user)) {
            return new Upstream(alias, false, false, ProviderToken.SILENT);
        }
        Set<String> amr = Set.of(notes.getOrDefault(AMR, "").split(" ", -1));
        return new Upstream(
                alias,
                true,
                false,
                new ProviderToken(amr, Optional.of(notes.getOrDefault(ACR, "")).filter(text -> !text.isEmpty())));
    }

    private static boolean isKnown(Map<String, String> notes, String alias, UserModel user) {
        return known(alias, user).equals(notes.get(KNOWN));
    }

    private static String known(String alias, UserModel user) {
        return user.getId() + " " + alias;
    }
}
