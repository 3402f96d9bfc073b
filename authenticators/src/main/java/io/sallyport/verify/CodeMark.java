package io.sallyport.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.OAuth2Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.OAuth2Code;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What an authorization code has in common with the one sign-in that it ends: what its application made up for it. Notes
 * of a session are shared by all tabs of an application, codes are not (Keycloak 26.7).
 *
 * @param value a hash
 */
record CodeMark(String value) {

    static CodeMark of(AuthenticationSessionModel signIn) {
        return of(
                signIn.getClientNote(OIDCLoginProtocol.NONCE_PARAM),
                signIn.getClientNote(OIDCLoginProtocol.CODE_CHALLENGE_PARAM),
                signIn.getClientNote(OIDCLoginProtocol.REDIRECT_URI_PARAM),
                signIn.getClientNote(OAuth2Constants.SCOPE));
    }

    static CodeMark of(OAuth2Code code) {
        return of(code.getNonce(), code.getCodeChallenge(), code.getRedirectUriParam(), code.getScope());
    }

    private static CodeMark of(@Nullable String... parts) {
        String text = Stream.of(parts)
                .map(part -> Optional.ofNullable(part)
                        .map(it -> it.length() + ":" + it)
                        .orElse("-"))
                .collect(Collectors.joining());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new CodeMark(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
