package io.sallyport.verify;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** Whether what an {@code mfa_token} stands on is as it was, as far as the database knows. */
final class TokenCheck {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MfaToken token;

    TokenCheck(KeycloakSession session, RealmModel realm, MfaToken token) {
        this.session = session;
        this.realm = realm;
        this.token = token;
    }

    /** What has changed; empty if nothing has. */
    Optional<TokenFlaw> flaw(Instant now) {
        if (!now.isBefore(token.expiresAt())) {
            return Optional.of(TokenFlaw.EXPIRED);
        }
        UserModel user = session.users().getUserById(realm, token.userId());
        if (user == null || !user.isEnabled() || user.getServiceAccountClientLink() != null) {
            return Optional.of(TokenFlaw.USER_UNAVAILABLE);
        }
        if (!PasswordVersion.of(user).equals(token.passwordVersion())) {
            return Optional.of(TokenFlaw.PASSWORD_CHANGED);
        }
        if (isLocked(user)) {
            return Optional.of(TokenFlaw.USER_LOCKED);
        }
        return token.createdAt().isAfter(notBefore(user)) ? Optional.empty() : Optional.of(TokenFlaw.REVOKED);
    }

    private boolean isLocked(UserModel user) {
        return new Throttle(session).lockedUntil(realm, user.getId()).isPresent()
                || (realm.isBruteForceProtected()
                        && session.getProvider(BruteForceProtector.class).isTemporarilyDisabled(session, realm, user));
    }

    /** As Keycloak asks of access tokens (Keycloak 26.7, {@code TokenManager.NotBeforeCheck}). */
    private Instant notBefore(UserModel user) {
        int ofClient = Optional.<ClientModel>ofNullable(realm.getClientById(token.clientId()))
                .map(ClientModel::getNotBefore)
                .orElse(0);
        return Instant.ofEpochSecond(
                IntStream.of(realm.getNotBefore(), ofClient, session.users().getNotBeforeOfUser(realm, user))
                        .max()
                        .getAsInt());
    }
}
