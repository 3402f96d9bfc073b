package io.sallyport.verify;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.IDToken;

/**
 * What the ID token of an identity provider says about the proof. Keycloak 26.7 keeps the token in the session after it
 * validated the signature; so only whose token it is must be looked at again, since another provider may have been
 * linked in the same session.
 *
 * @param amr its authentication methods (RFC 8176)
 * @param acr its level; absent if it names none
 */
record ProviderToken(Set<String> amr, Optional<String> acr) {

    static final ProviderToken SILENT = new ProviderToken(Set.of(), Optional.empty());

    ProviderToken {
        amr = Set.copyOf(amr);
    }

    /** What it says if it is of this provider, for this server, about the user of this link; otherwise nothing. */
    static ProviderToken read(String kept, IdentityProviderModel provider, FederatedIdentityModel link) {
        try {
            IDToken token = new JWSInput(kept).readJsonContent(IDToken.class);
            return isAbout(token, provider, link)
                    ? new ProviderToken(
                            words(token.getOtherClaims().get("amr")),
                            Optional.ofNullable(token.getAcr()).filter(ProviderToken::isWord))
                    : SILENT;
        } catch (JWSInputException unreadable) {
            return SILENT; // encrypted
        }
    }

    private static boolean isAbout(IDToken token, IdentityProviderModel provider, FederatedIdentityModel link) {
        List<String> issuers = config(provider, "issuer").stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .toList();
        return issuers.contains(token.getIssuer())
                && config(provider, "clientId").filter(token::hasAudience).isPresent()
                && link.getUserId().equals(token.getSubject());
    }

    private static Optional<String> config(IdentityProviderModel provider, String name) {
        return Optional.ofNullable(provider.getConfig().get(name));
    }

    private static Set<String> words(@Nullable Object claim) {
        Stream<?> values = claim instanceof Collection<?> several ? several.stream() : Stream.ofNullable(claim);
        return values.filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(ProviderToken::isWord)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isWord(String text) {
        return text.matches("\\S{1,255}");
    }
}
