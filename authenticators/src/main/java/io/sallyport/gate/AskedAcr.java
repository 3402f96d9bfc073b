package io.sallyport.gate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Whether an application asks for {@code acr} {@code mfa}, by its request in whatever form or by its configuration.
 *
 * @param wanted whether it does
 * @param essential whether it takes nothing else (OpenID Connect Core §5.5.1.1)
 */
record AskedAcr(boolean wanted, boolean essential) {

    /** The value itself, in requests and in tokens. */
    static final String MFA = "mfa";

    /** What the request of this sign-in asks; Keycloak 26.7 keeps it there, also of a request object or a pushed one. */
    static AskedAcr in(AuthenticationSessionModel signIn) {
        if (!OIDCLoginProtocol.LOGIN_PROTOCOL.equals(signIn.getProtocol())) {
            boolean wanted = SamlContext.isAskedFor(signIn);
            return new AskedAcr(wanted, wanted);
        }
        Map<String, String> notes = signIn.getClientNotes();
        List<String> required = AcrUtils.getRequiredAcrValues(notes.get(OIDCLoginProtocol.CLAIMS_PARAM));
        boolean wanted = AcrUtils.getAcrValues(
                                notes.get(OIDCLoginProtocol.CLAIMS_PARAM),
                                notes.get(OIDCLoginProtocol.ACR_PARAM),
                                signIn.getClient())
                        .contains(MFA)
                || required.contains(MFA)
                || Objects.equals(AcrUtils.getMinimumAcrValue(signIn.getClient()), MFA);
        // whatever stands beside it: Keycloak asks for nothing higher where `mfa` would do
        return new AskedAcr(wanted, required.contains(MFA));
    }
}
