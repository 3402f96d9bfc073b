package io.sallyport.verify;

import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A sign-in in progress: its notes stay on the server. */
record SignInPlace(AuthenticationSessionModel signIn) implements Place {

    @Override
    public String clientId() {
        return signIn.getClient().getClientId();
    }

    @Override
    public String sessionId() {
        return signIn.getParentSession().getId();
    }

    @Override
    public Visit visit(KeycloakSession session, UserModel user) {
        return Visit.of(session, signIn, user);
    }

    @Override
    public Optional<SessionBinding> binding(KeycloakSession session, UserModel user) {
        return Optional.of(SessionBinding.of(session, signIn, user));
    }

    @Override
    public Optional<String> knownNonce() {
        return SessionBinding.noted(signIn);
    }

    @Override
    public List<String> firstFactors(KeycloakSession session, UserModel user) {
        boolean password = FirstFactor.isPassword(signIn)
                || FirstFactor.running(session, signIn, user)
                        .filter(FirstFactor::isPassword)
                        .isPresent();
        return password ? List.of("pwd") : List.of();
    }

    @Override
    public boolean followsFirstFactor(KeycloakSession session, UserModel user) {
        return FirstFactor.precedes(session, signIn, user);
    }

    @Override
    public Ruling ruling() {
        return Ruling.of(signIn);
    }

    @Override
    public List<String> tenants(KeycloakSession in, RealmModel realm, UserModel user) {
        return ruling().tenants();
    }

    @Override
    public void remember(String name, String challengeId) {
        signIn.setAuthNote(name, challengeId);
    }

    @Override
    public void forget(String name) {
        signIn.removeAuthNote(name);
    }

    @Override
    public Optional<String> remembered(String name) {
        return Optional.ofNullable(signIn.getAuthNote(name));
    }
}
