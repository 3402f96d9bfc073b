package io.sallyport.gate;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.keycloak.dom.saml.v2.assertion.AuthnContextClassRefType;
import org.keycloak.dom.saml.v2.assertion.AuthnContextType;
import org.keycloak.dom.saml.v2.assertion.AuthnStatementType;
import org.keycloak.dom.saml.v2.protocol.AuthnContextComparisonType;
import org.keycloak.dom.saml.v2.protocol.AuthnRequestType;
import org.keycloak.dom.saml.v2.protocol.RequestedAuthnContextType;
import org.keycloak.dom.saml.v2.protocol.ResponseType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.saml.common.constants.JBossSAMLURIConstants;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The URI that the realm's {@code acr.uri.map} gives to {@code mfa}, as SAML applications ask for it and are told of it
 * (SAML 2.0 core §3.3.2.2.1). Without an entry there nobody can ask.
 */
final class SamlContext {

    private static final String NOTE = "sallyport.saml.mfa";

    private SamlContext() {}

    /** Leaves in the sign-in that its request asks for MFA: Keycloak itself takes "better than mfa" for less. */
    static void remember(AuthnRequestType request, AuthenticationSessionModel signIn) {
        Optional<RequestedAuthnContextType> context = Optional.ofNullable(request.getRequestedAuthnContext());
        boolean asked = uri(signIn.getRealm())
                .filter(uri -> context.filter(wanted -> wanted.getComparison() != AuthnContextComparisonType.MAXIMUM
                                        && wanted.getAuthnContextClassRef().contains(uri))
                                .isPresent()
                        || uri.equals(minimum(signIn.getClient())))
                .isPresent();
        if (asked) {
            signIn.setClientNote(NOTE, "true");
        }
    }

    static boolean isAskedFor(AuthenticationSessionModel signIn) {
        return signIn.getClientNote(NOTE) != null;
    }

    /** Says of an assertion that it stands on MFA if it was asked and is true, and never where it is not. */
    static void write(ResponseType response, RealmModel realm, boolean asked, boolean fresh) {
        uri(realm)
                .ifPresent(uri -> statements(response).forEach(statement -> {
                    if (fresh && asked) {
                        statement.setAuthnContext(context(uri));
                    } else if (!fresh && uri.equals(classRef(statement))) {
                        statement.setAuthnContext(context(JBossSAMLURIConstants.AC_UNSPECIFIED.get()));
                    }
                }));
    }

    private static Optional<String> uri(RealmModel realm) {
        return Optional.ofNullable(AcrUtils.getAcrUriMap(realm).get(AskedAcr.MFA));
    }

    private static String minimum(ClientModel client) {
        return Optional.ofNullable(AcrUtils.getMinimumAcrValue(client)).orElse("");
    }

    private static List<AuthnStatementType> statements(ResponseType response) {
        return response.getAssertions().stream()
                .flatMap(each -> Optional.ofNullable(each.getAssertion()).stream())
                .flatMap(assertion -> assertion.getStatements().stream())
                .filter(AuthnStatementType.class::isInstance)
                .map(AuthnStatementType.class::cast)
                .toList();
    }

    private static String classRef(AuthnStatementType statement) {
        return Optional.ofNullable(statement.getAuthnContext())
                .map(AuthnContextType::getSequence)
                .map(AuthnContextType.AuthnContextTypeSequence::getClassRef)
                .map(AuthnContextClassRefType::getValue)
                .map(URI::toString)
                .orElse("");
    }

    private static AuthnContextType context(String uri) {
        AuthnContextType.AuthnContextTypeSequence sequence = new AuthnContextType.AuthnContextTypeSequence();
        sequence.setClassRef(new AuthnContextClassRefType(URI.create(uri)));
        AuthnContextType context = new AuthnContextType();
        context.setSequence(sequence);
        return context;
    }
}
