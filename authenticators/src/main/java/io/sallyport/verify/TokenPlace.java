package io.sallyport.verify;

import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A sign-in that goes on by an {@code mfa_token}: challenges are the token's, which outlives each call; evidence belongs to
 * the session that is made of the sign-in.
 *
 * @param tokenId id of the token
 * @param signIn the sign-in of this call
 */
record TokenPlace(String tokenId, Place signIn) implements Place {

    @Override
    public String clientId() {
        return signIn.clientId();
    }

    @Override
    public String sessionId() {
        return tokenId;
    }

    @Override
    public Visit visit(KeycloakSession session, UserModel user) {
        return signIn.visit(session, user);
    }

    @Override
    public Optional<SessionBinding> binding(KeycloakSession session, UserModel user) {
        return signIn.binding(session, user);
    }

    @Override
    public List<String> firstFactors(KeycloakSession session, UserModel user) {
        return signIn.firstFactors(session, user);
    }

    @Override
    public boolean followsFirstFactor(KeycloakSession session, UserModel user) {
        return signIn.followsFirstFactor(session, user);
    }

    @Override
    public Ruling ruling() {
        return signIn.ruling();
    }

    @Override
    public List<String> tenants(KeycloakSession in, RealmModel realm, UserModel user) {
        return signIn.tenants(in, realm, user);
    }
}
