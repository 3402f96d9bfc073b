package io.sallyport.admin;

import io.sallyport.gate.MfaClaimsMapper;
import java.util.Optional;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** The default client scope of the claims; a client without it gets no token. */
record ClaimsScope(RealmModel realm) implements Fixture {

    @Override
    public String name() {
        return "client scope " + MfaClaimsMapper.SCOPE;
    }

    @Override
    public boolean isMissing() {
        return find().filter(this::isWhole).isEmpty();
    }

    @Override
    public void putInPlace() {
        ClientScopeModel scope = find().orElseGet(() -> realm.addClientScope(MfaClaimsMapper.SCOPE));
        scope.setDescription("The MFA claims of tokens; a client without it gets no token");
        scope.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        scope.setDisplayOnConsentScreen(false);
        scope.setIncludeInTokenScope(false);
        if (!hasMapper(scope)) {
            ProtocolMapperModel mapper = new ProtocolMapperModel();
            mapper.setName(MfaClaimsMapper.SCOPE);
            mapper.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
            mapper.setProtocolMapper(MfaClaimsMapper.ID);
            scope.addProtocolMapper(mapper);
        }
        realm.removeDefaultClientScope(scope);
        realm.addDefaultClientScope(scope, true);
    }

    @Override
    public boolean isThere() {
        return find().isPresent();
    }

    @Override
    public void takeAway() {
        find().ifPresent(scope -> {
            realm.getClientsStream().forEach(client -> client.removeClientScope(scope));
            realm.removeDefaultClientScope(scope);
            realm.removeClientScope(scope.getId());
        });
    }

    Optional<ClientScopeModel> find() {
        return realm.getClientScopesStream()
                .filter(scope -> scope.getName().equals(MfaClaimsMapper.SCOPE))
                .findFirst();
    }

    private boolean isWhole(ClientScopeModel scope) {
        return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol())
                && hasMapper(scope)
                && realm.getDefaultClientScopesStream(true)
                        .anyMatch(other -> other.getId().equals(scope.getId()));
    }

    private static boolean hasMapper(ClientScopeModel scope) {
        return scope.getProtocolMappersStream()
                .anyMatch(mapper -> MfaClaimsMapper.ID.equals(mapper.getProtocolMapper()));
    }
}
