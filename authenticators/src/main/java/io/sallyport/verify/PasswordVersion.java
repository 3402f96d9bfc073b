package io.sallyport.verify;

import java.util.Comparator;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Something that changes with the password. What another store holds has no version that could be read. */
final class PasswordVersion {

    private static final String ELSEWHERE = "elsewhere";

    private PasswordVersion() {}

    static String of(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
                .max(Comparator.comparing(PasswordVersion::created))
                .map(password -> MfaTokens.hash(password.getId() + "@" + created(password)))
                .orElse(ELSEWHERE);
    }

    private static long created(CredentialModel password) {
        Long created = password.getCreatedDate();
        return created == null ? 0 : created;
    }
}
