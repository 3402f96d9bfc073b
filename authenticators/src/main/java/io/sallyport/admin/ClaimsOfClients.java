package io.sallyport.admin;

import io.sallyport.gate.MfaClaimsMapper;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** The scope of the claims at every OIDC client; it goes when the scope goes. */
record ClaimsOfClients(RealmModel realm) implements Fixture {

    @Override
    public String name() {
        return "client scope " + MfaClaimsMapper.SCOPE + " of " + without().count() + " clients";
    }

    @Override
    public boolean isMissing() {
        return without().findAny().isPresent();
    }

    @Override
    public void putInPlace() {
        without().toList().forEach(this::addTo);
    }

    @Override
    public boolean isThere() {
        return false;
    }

    @Override
    public void takeAway() {}

    /** Gives an OIDC client the scope; one that has it or is of another protocol stays as it is. */
    void addTo(ClientModel client) {
        if (lacks(client)) {
            new ClaimsScope(realm).find().ifPresent(scope -> client.addClientScope(scope, true));
        }
    }

    private Stream<ClientModel> without() {
        return realm.getClientsStream().filter(ClaimsOfClients::lacks);
    }

    private static boolean lacks(ClientModel client) {
        boolean oidc = client.getProtocol() == null || OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol());
        return oidc && !client.getClientScopes(true).containsKey(MfaClaimsMapper.SCOPE);
    }
}
