package io.sallyport.verify;

import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** A session whose application calls us itself, and is told the ids of challenges. */
record SessionPlace(UserSessionModel userSession, ClientModel client) implements Place {

    @Override
    public String clientId() {
        return client.getClientId();
    }

    @Override
    public String sessionId() {
        return userSession.getId();
    }

    @Override
    public Visit visit(KeycloakSession session, UserModel user) {
        return Visit.of(userSession, client, false);
    }

    @Override
    public Optional<SessionBinding> binding(KeycloakSession session, UserModel user) {
        return SessionBinding.ensure(userSession);
    }

    @Override
    public List<String> firstFactors(KeycloakSession session, UserModel user) {
        return FirstFactor.isPassword(userSession) ? List.of("pwd") : List.of();
    }

    @Override
    public boolean followsFirstFactor(KeycloakSession session, UserModel user) {
        return FirstFactor.precedes(userSession);
    }

    /** The attempt is counted before the policy is asked. */
    @Override
    public Ruling ruling() {
        return Ruling.NONE;
    }

    @Override
    public List<String> tenants(KeycloakSession in, RealmModel realm, UserModel user) {
        return Facts.tenants(in, realm, user).stream().sorted().toList();
    }
}
