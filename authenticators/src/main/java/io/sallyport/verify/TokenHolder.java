package io.sallyport.verify;

import io.sallyport.policy.NetworkAddress;
import io.sallyport.provider.ClientAddress;
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

    private static final String JKT = "jkt:";
    private static final String CERTIFICATE = "x5t#S256:";

    /** Of this request. A DPoP proof must have been checked before, as the token endpoint does. */
    public static TokenHolder of(KeycloakSession session, RealmModel realm, ClientModel client) {
        return new TokenHolder(ClientAddress.of(session, realm).map(NetworkAddress::text), key(session, client));
    }

    /** The same, by the key of a token whose proof of possession was checked with it (RFC 9449 §7.1). */
    TokenHolder with(AccessToken token) {
        return Optional.ofNullable(token.getConfirmation())
                .map(AccessToken.Confirmation::getKeyThumbprint)
                .map(thumbprint -> new TokenHolder(address, Optional.of(JKT + thumbprint)))
                .orElse(this);
    }

    /** What tokens for this holder are bound to (RFC 7800); empty if to nothing. */
    public Optional<AccessToken.Confirmation> confirmation() {
        return key.map(bound -> {
            AccessToken.Confirmation confirmation = new AccessToken.Confirmation();
            if (isByDpop()) {
                confirmation.setKeyThumbprint(bound.substring(JKT.length()));
            } else {
                confirmation.setCertThumbprint(bound.substring(CERTIFICATE.length()));
            }
            return confirmation;
        });
    }

    /** Whether he proves his key with each request (RFC 9449). */
    public boolean isByDpop() {
        return key.filter(bound -> bound.startsWith(JKT)).isPresent();
    }

    private static Optional<String> key(KeycloakSession session, ClientModel client) {
        Optional<String> dpop = Optional.ofNullable(session.getAttribute(DPoPUtil.DPOP_SESSION_ATTRIBUTE, DPoP.class))
                .map(proof -> JKT + proof.getThumbprint());
        // RFC 8705 §3: only a client that says so has tokens bound to its certificate
        return dpop.or(() -> OIDCAdvancedConfigWrapper.fromClientModel(client).isUseMtlsHokToken()
                ? Optional.ofNullable(MtlsHoKTokenUtil.bindTokenWithClientCertificate(
                                session.getContext().getHttpRequest(), session))
                        .map(AccessToken.Confirmation::getCertThumbprint)
                        .map(CERTIFICATE::concat)
                : Optional.empty());
    }
}
