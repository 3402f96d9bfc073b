package io.sallyport.gate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.representations.ClaimsRepresentation;
import org.keycloak.representations.IDToken;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.JsonSerialization;

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
        List<String> sent = sent(notes.get(OIDCLoginProtocol.ACR_PARAM), notes.get(OIDCLoginProtocol.CLAIMS_PARAM));
        boolean wanted = (sent.isEmpty() ? AcrUtils.getDefaultAcrValues(signIn.getClient()) : sent).contains(MFA)
                || Objects.equals(AcrUtils.getMinimumAcrValue(signIn.getClient()), MFA);
        // whatever stands beside it: Keycloak asks for nothing higher where `mfa` would do
        return new AskedAcr(wanted, required.contains(MFA));
    }

    /** All that the request names; Keycloak 26.7 itself leaves out what is below the minimum of the client. */
    private static List<String> sent(@Nullable String acrValues, @Nullable String claims) {
        List<String> sent = new ArrayList<>();
        Optional.ofNullable(acrValues).ifPresent(values -> sent.addAll(List.of(values.split(" ", -1))));
        Optional.ofNullable(claims)
                .flatMap(AskedAcr::parsed)
                .flatMap(parsed -> Optional.<ClaimsRepresentation.ClaimValue<String>>ofNullable(
                        parsed.getClaimValue(IDToken.ACR, ClaimsRepresentation.ClaimContext.ID_TOKEN, String.class)))
                .ifPresent(acr -> {
                    Optional.ofNullable(acr.getValue()).ifPresent(sent::add);
                    Optional.ofNullable(acr.getValues()).ifPresent(sent::addAll);
                });
        return sent;
    }

    private static Optional<ClaimsRepresentation> parsed(String claims) {
        try {
            return Optional.ofNullable(JsonSerialization.readValue(claims, ClaimsRepresentation.class));
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }
}
