package io.sallyport.admin;

import io.sallyport.gate.MfaClaimsMapper;
import io.sallyport.gate.MfaGateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * What a realm with MFA has beyond settings and rules: the roles, the gate, the enrollment action, the client
 * scope of the claims.
 */
final class RealmFixtures {

    /** Before every other required action: nobody enrolls a new factor or changes a password before the proof. */
    private static final int FIRST = 0;

    private final RealmModel realm;

    RealmFixtures(RealmModel realm) {
        this.realm = realm;
    }

    /** Puts them in place; tells what was missing. */
    List<String> putInPlace() {
        List<String> changed = new ArrayList<>();
        if (new ManagementRoles(realm).putInPlace()) {
            changed.add("roles " + Permission.ALL.role() + ".*");
        }
        if (gateIsMissing()) {
            registerGate();
            changed.add("required action " + MfaGateFactory.ID);
        }
        RequiredActionProviderModel enroll =
                realm.getRequiredActionProviderByAlias(UserModel.RequiredAction.CONFIGURE_TOTP.name());
        if (enroll != null && !enroll.isEnabled()) {
            enroll.setEnabled(true);
            realm.updateRequiredActionProvider(enroll);
            changed.add("required action " + enroll.getAlias());
        }
        if (scope().filter(this::isWhole).isEmpty()) {
            repairScope();
            changed.add("client scope " + MfaClaimsMapper.SCOPE);
        }
        long clients = realm.getClientsStream().filter(this::addScopeTo).count();
        if (clients > 0) {
            changed.add("client scope " + MfaClaimsMapper.SCOPE + " of " + clients + " clients");
        }
        return changed;
    }

    /** Takes them away; tells what was there. The roles stay with their grants; the enrollment action is Keycloak's own. */
    List<String> takeAway() {
        List<String> changed = new ArrayList<>();
        Optional.ofNullable(realm.getRequiredActionProviderByAlias(MfaGateFactory.ID))
                .ifPresent(gate -> {
                    realm.removeRequiredActionProvider(gate);
                    changed.add("required action " + MfaGateFactory.ID);
                });
        scope().ifPresent(scope -> {
            realm.getClientsStream().forEach(client -> client.removeClientScope(scope));
            realm.removeDefaultClientScope(scope);
            realm.removeClientScope(scope.getId());
            changed.add("client scope " + MfaClaimsMapper.SCOPE);
        });
        return changed;
    }

    /** Gives an OIDC client the scope of the claims; false if it had it or is of another protocol. */
    boolean addScopeTo(ClientModel client) {
        boolean oidc = client.getProtocol() == null || OIDCLoginProtocol.LOGIN_PROTOCOL.equals(client.getProtocol());
        if (!oidc || client.getClientScopes(true).containsKey(MfaClaimsMapper.SCOPE)) {
            return false;
        }
        scope().ifPresent(scope -> client.addClientScope(scope, true));
        return true;
    }

    private boolean gateIsMissing() {
        RequiredActionProviderModel gate = realm.getRequiredActionProviderByAlias(MfaGateFactory.ID);
        return gate == null || !gate.isEnabled() || gate.getPriority() != FIRST;
    }

    private void registerGate() {
        RequiredActionProviderModel known = realm.getRequiredActionProviderByAlias(MfaGateFactory.ID);
        RequiredActionProviderModel gate = known == null ? new RequiredActionProviderModel() : known;
        gate.setAlias(MfaGateFactory.ID);
        gate.setProviderId(MfaGateFactory.ID);
        gate.setName("MFA gate");
        gate.setEnabled(true);
        gate.setPriority(FIRST);
        if (known == null) {
            realm.addRequiredActionProvider(gate);
        } else {
            realm.updateRequiredActionProvider(gate);
        }
    }

    private Optional<ClientScopeModel> scope() {
        return realm.getClientScopesStream()
                .filter(scope -> scope.getName().equals(MfaClaimsMapper.SCOPE))
                .findFirst();
    }

    private boolean isWhole(ClientScopeModel scope) {
        return OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol())
                && scope.getProtocolMappersStream()
                        .anyMatch(mapper -> MfaClaimsMapper.ID.equals(mapper.getProtocolMapper()))
                && realm.getDefaultClientScopesStream(true)
                        .anyMatch(other -> other.getId().equals(scope.getId()));
    }

    private void repairScope() {
        ClientScopeModel scope = scope().orElseGet(() -> realm.addClientScope(MfaClaimsMapper.SCOPE));
        scope.setDescription("The MFA claims of tokens; a client without it gets no token");
        scope.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        scope.setDisplayOnConsentScreen(false);
        scope.setIncludeInTokenScope(false);
        if (scope.getProtocolMappersStream()
                .noneMatch(mapper -> MfaClaimsMapper.ID.equals(mapper.getProtocolMapper()))) {
            ProtocolMapperModel mapper = new ProtocolMapperModel();
            mapper.setName(MfaClaimsMapper.SCOPE);
            mapper.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
            mapper.setProtocolMapper(MfaClaimsMapper.ID);
            scope.addProtocolMapper(mapper);
        }
        realm.removeDefaultClientScope(scope);
        realm.addDefaultClientScope(scope, true);
    }
}
