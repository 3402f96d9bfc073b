package io.sallyport.verify;

import io.sallyport.policy.NetworkAddress;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.dpop.DPoP;
import org.keycloak.services.util.DPoPUtil;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * Who sends a request, as far as it shows.
 *
 * @param address the client's address; absent if it can't be told
 * @param key thumbprint of the key whose possession the request proves; absent if it proves none
 */
public record TokenHolder(Optional<String> address, Optional<String> key) {

    /** Of this request. A DPoP proof must have been checked before, as the token endpoint does. */
    public static TokenHolder of(KeycloakSession session, RealmModel realm, ClientModel client) {
        return new TokenHolder(ClientAddress.of(session, realm).map(NetworkAddress::text), key(session, client));
    }

    private static Optional<String> key(KeycloakSession session, ClientModel client) {
        Optional<String> dpop = Optional.ofNullable(session.getAttribute(DPoPUtil.DPOP_SESSION_ATTRIBUTE, DPoP.class))
                .map(proof -> "jkt:" + proof.getThumbprint());
        // RFC 8705 §3: only a client that says so has tokens bound to its certificate
        return dpop.or(() -> OIDCAdvancedConfigWrapper.fromClientModel(client).isUseMtlsHokToken()
                ? Optional.ofNullable(MtlsHoKTokenUtil.bindTokenWithClientCertificate(
                                session.getContext().getHttpRequest(), session))
                        .map(AccessToken.Confirmation::getCertThumbprint)
                        .map("x5t#S256:"::concat)
                : Optional.empty());
    }
}
