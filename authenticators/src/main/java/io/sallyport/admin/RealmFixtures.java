package io.sallyport.admin;

import io.sallyport.form.Actions;
import io.sallyport.gate.MfaClaimsMapper;
import io.sallyport.gate.MfaGateFactory;
import io.sallyport.login.LinkProofFactory;
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
 * What a realm with MFA has beyond settings and rules: the roles, the gate, the enrollment action, the step before
 * linking, the acr value, the client scope of the claims.
 */
final class RealmFixtures {

    /** Before every other required action: nobody enrolls a new factor or changes a password before the proof. */
    private static final int FIRST = 0;

    private static final List<OwnAction> OWN_ACTIONS = List.of(
            new OwnAction(MfaGateFactory.ID, "MFA gate", FIRST),
            new OwnAction(Actions.ENROLL, "Set up a second factor", FIRST + 1),
            new OwnAction(Actions.ENROLL_SMS, "Set up codes by SMS", FIRST + 3),
            new OwnAction(Actions.DEVICES, "Trusted browsers", FIRST + 4),
            new OwnAction(Actions.APPROVE, "Approve an action", FIRST + 5));

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
        for (OwnAction action : OWN_ACTIONS) {
            if (isMissing(action)) {
                register(action);
                changed.add("required action " + action.id());
            }
        }
        RequiredActionProviderModel enroll =
                realm.getRequiredActionProviderByAlias(UserModel.RequiredAction.CONFIGURE_TOTP.name());
        if (enroll != null && !enroll.isEnabled()) {
            enroll.setEnabled(true);
            realm.updateRequiredActionProvider(enroll);
            changed.add("required action " + enroll.getAlias());
        }
        if (new LinkStep(realm).putInPlace()) {
            changed.add("step " + LinkProofFactory.ID);
        }
        if (new AcrMap(realm).putInPlace()) {
            changed.add("attribute " + AcrMap.ATTRIBUTE);
        }
        if (scope().filter(this::isWhole).isEmpty()) {
            repairScope();
            changed.add("client scope " + MfaClaimsMapper.SCOPE);
        }
        if (new FactorsScope(realm).putInPlace()) {
            changed.add("client scope " + FactorsScope.NAME);
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
        for (OwnAction action : OWN_ACTIONS) {
            Optional.ofNullable(realm.getRequiredActionProviderByAlias(action.id()))
                    .ifPresent(known -> {
                        realm.removeRequiredActionProvider(known);
                        changed.add("required action " + action.id());
                    });
        }
        if (new LinkStep(realm).takeAway()) {
            changed.add("step " + LinkProofFactory.ID);
        }
        if (new AcrMap(realm).takeAway()) {
            changed.add("attribute " + AcrMap.ATTRIBUTE);
        }
        if (new FactorsScope(realm).takeAway()) {
            changed.add("client scope " + FactorsScope.NAME);
        }
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

    private boolean isMissing(OwnAction action) {
        RequiredActionProviderModel known = realm.getRequiredActionProviderByAlias(action.id());
        return known == null || !known.isEnabled() || known.getPriority() != action.priority();
    }

    private void register(OwnAction action) {
        RequiredActionProviderModel known = realm.getRequiredActionProviderByAlias(action.id());
        RequiredActionProviderModel model = known == null ? new RequiredActionProviderModel() : known;
        model.setAlias(action.id());
        model.setProviderId(action.id());
        model.setName(action.name());
        model.setEnabled(true);
        model.setPriority(action.priority());
        if (known == null) {
            realm.addRequiredActionProvider(model);
        } else {
            realm.updateRequiredActionProvider(model);
        }
    }

    /**
     * A required action of ours.
     *
     * @param priority the lowest goes first
     */
    private record OwnAction(String id, String name, int priority) {}

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
