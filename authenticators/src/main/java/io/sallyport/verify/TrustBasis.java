package io.sallyport.verify;

import io.sallyport.factor.Enrollment;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * What the trust in a browser stands on; any change of it ends the trust.
 *
 * @param rules digest of the deciding rules and their versions
 * @param credentials digest of the password's identity and of the ids of all factors
 */
record TrustBasis(String rules, String credentials) {

    /** Empty for somebody whose password is kept elsewhere: nobody would notice its change. */
    static Optional<TrustBasis> of(
            KeycloakSession session, RealmModel realm, UserModel user, PolicyDecision.Challenge decision) {
        return credentials(session, realm, user)
                .map(digest -> new TrustBasis(DecidingRules.of(decision).digest(), digest));
    }

    /** Its second half alone, which no sign-in is needed for. */
    static Optional<String> credentials(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                .findFirst()
                .map(password -> digest(text(session, realm, user, password)));
    }

    private static String text(KeycloakSession session, RealmModel realm, UserModel user, CredentialModel password) {
        SecondFactors factors = new SecondFactors(session);
        String enrollments = Arrays.stream(Method.values())
                .filter(Method::enrollable)
                .flatMap(method -> factors.of(method).stream())
                .flatMap(factor -> factor.enrollments(realm, user).stream())
                .map(Enrollment::id)
                .sorted()
                .collect(Collectors.joining(" "));
        return password.getId() + " " + password.getCreatedDate() + " " + enrollments;
    }

    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
