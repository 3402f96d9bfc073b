package io.sallyport.factor;

import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.factor.sms.PhoneNumber;
import io.sallyport.factor.sms.SmsCredential;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The phone numbers that a user has proved: one at a time. */
public final class OwnNumbers {

    private final RealmModel realm;
    private final UserModel user;

    /** The numbers of this user. */
    public OwnNumbers(RealmModel realm, UserModel user) {
        this.realm = realm;
        this.user = user;
    }

    /** Whether this is one. */
    public boolean has(PhoneNumber number) {
        SecretBox box = SecretBox.configured();
        Owner owner = new Owner(realm.getId(), user.getId());
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(SmsCredential.TYPE)
                .map(SmsCredential::number)
                .filter(kept -> kept.opens(box))
                .flatMap(kept -> kept.open(box, owner).stream())
                .anyMatch(number::equals);
    }

    /** The ones before go once a new one is proven. */
    public void keepOnly(String enrollmentId) {
        user.credentialManager()
                .getStoredCredentialsByTypeStream(SmsCredential.TYPE)
                .map(CredentialModel::getId)
                .filter(id -> !id.equals(enrollmentId))
                .toList()
                .forEach(user.credentialManager()::removeStoredCredentialById);
    }
}
