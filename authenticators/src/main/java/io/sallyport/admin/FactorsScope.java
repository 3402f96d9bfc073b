package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.AudienceProtocolMapper;

/** The optional client scope by which a client asks for tokens that reach the user's factors; no client has it by itself. */
final class FactorsScope implements Fixture {

    static final String NAME = "mfa";

    private static final String DESCRIPTION = "Calls about the user's factors, under /realms/{realm}/v1";

    /** What {@code /realms/{realm}/v1} wants in a token. */
    private static final String AUDIENCE = "sallyport";

    private final RealmModel realm;

    FactorsScope(RealmModel realm) {
        this.realm = realm;
    }

    @Override
    public String name() {
        return "client scope " + NAME;
    }

    /** Also where it has lost its audience. */
    @Override
    public boolean isMissing() {
        return find().filter(FactorsScope::isWhole).isEmpty();
    }

    /** What has to be mended first: clients that have a scope of this name for something else must not reach factors by it. */
    List<String> problems() {
        return isMissing()
                        && find().filter(scope -> !DESCRIPTION.equals(scope.getDescription()))
                                .isPresent()
                ? List.of("the realm has a client scope " + NAME + " of its own; rename it first")
                : List.of();
    }

    @Override
    public void putInPlace() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new InvalidRequest(problems);
        }
        ClientScopeModel scope = find().orElseGet(() -> realm.addClientScope(NAME));
        scope.setDescription(DESCRIPTION);
        scope.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        scope.setIncludeInTokenScope(true);
        scope.setDisplayOnConsentScreen(true);
        if (!isWhole(scope)) {
            scope.addProtocolMapper(mapper());
        }
    }

    @Override
    public boolean isThere() {
        return own().isPresent();
    }

    @Override
    public void takeAway() {
        own().ifPresent(scope -> {
            realm.getClientsStream().forEach(client -> client.removeClientScope(scope));
            realm.removeDefaultClientScope(scope);
            realm.removeClientScope(scope.getId());
        });
    }

    private Optional<ClientScopeModel> own() {
        return find().filter(scope -> isWhole(scope) || DESCRIPTION.equals(scope.getDescription()));
    }

    private Optional<ClientScopeModel> find() {
        return realm.getClientScopesStream()
                .filter(scope -> scope.getName().equals(NAME))
                .findFirst();
    }

    private static boolean isWhole(ClientScopeModel scope) {
        return scope.getProtocolMappersStream()
                .anyMatch(mapper -> AudienceProtocolMapper.PROVIDER_ID.equals(mapper.getProtocolMapper())
                        && AUDIENCE.equals(mapper.getConfig().get(AudienceProtocolMapper.INCLUDED_CUSTOM_AUDIENCE)));
    }

    private static ProtocolMapperModel mapper() {
        return AudienceProtocolMapper.createClaimMapper("audience " + AUDIENCE, null, AUDIENCE, true, false, true);
    }
}
