package io.sallyport.factor;

import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.factor.totp.CodeText;
import io.sallyport.factor.totp.OtpSecret;
import io.sallyport.factor.totp.Totp;
import io.sallyport.policy.Method;
import io.sallyport.provider.KeycloakClock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;

/** One-time passwords over Keycloak's own credentials of type {@code otp}. */
final class TotpFactor implements SecondFactor {

    /** RFC 8176 §2. */
    static final List<String> AMR = List.of("otp");

    private final KeycloakSession session;
    private final SecretBox box;

    TotpFactor(KeycloakSession session) {
        this.session = session;
        this.box = SecretBox.configured();
    }

    @Override
    public Method method() {
        return Method.TOTP;
    }

    /** Without a key a right code could not be accepted: its secret could not be sealed again. */
    @Override
    public boolean ready(RealmModel realm, UserModel user) {
        return box.usable() && credentials(user).allMatch(stored -> OtpSecret.opens(stored, box));
    }

    @Override
    public boolean wellFormed(String answer) {
        return CodeText.wellFormed(answer);
    }

    @Override
    public List<Enrollment> enrollments(RealmModel realm, UserModel user) {
        return credentials(user)
                .map(stored -> new Enrollment(
                        stored.getId(),
                        Method.TOTP,
                        Optional.ofNullable(stored.getUserLabel()).orElse("")))
                .toList();
    }

    @Override
    public void prepare(RealmModel realm, UserModel user) {
        Enrollments rows = new Enrollments(session);
        credentials(user).forEach(stored -> rows.adopt(stored.getId(), realm.getId(), user.getId(), Method.TOTP));
    }

    @Override
    public Optional<Match> compare(RealmModel realm, UserModel user, Answer answer) {
        return chosen(realm, user, answer).flatMap(enrollment -> compare(realm, user, enrollment, answer.text()));
    }

    /** A factor that is not the user's is a wrong answer like any other. */
    private Optional<Enrollment> chosen(RealmModel realm, UserModel user, Answer answer) {
        return enrollments(realm, user).stream()
                .filter(enrollment ->
                        answer.enrollmentId().map(enrollment.id()::equals).orElse(true))
                .findFirst();
    }

    private Optional<Match> compare(RealmModel realm, UserModel user, Enrollment enrollment, String code) {
        OtpSecret secret = OtpSecret.open(stored(user, enrollment.id()), box, owner(realm, user));
        long step = Totp.step(KeycloakClock.now(), secret.parameters());
        // the realm's look-around window, as Keycloak applies it to its own credentials
        int window = realm.getOTPPolicy().getLookAheadWindow();
        return secret.match(code, step, window).stream()
                .mapToObj(matched -> new Match(enrollment.id(), matched, AMR))
                .findFirst();
    }

    @Override
    public Spending spend(RealmModel realm, UserModel user, Match match) {
        if (!new Enrollments(session).spend(match.enrollmentId(), match.step())) {
            return Spending.REPLAY;
        }
        // a copy: the stored model may be the one that the user cache shares
        OTPCredentialModel credential =
                OTPCredentialModel.createFromCredentialModel(stored(user, match.enrollmentId()));
        boolean changed = !OtpSecret.isSealed(credential);
        if (changed) {
            OtpSecret.seal(credential, box, owner(realm, user));
        }
        if (OTPCredentialModel.HOTP.equals(credential.getOTPCredentialData().getSubType())) {
            credential.updateCounter(Math.toIntExact(match.step() + 1));
            changed = true;
        }
        if (changed) {
            user.credentialManager().updateStoredCredential(credential);
        }
        return Spending.SPENT;
    }

    @Override
    public Optional<PendingFactor> pending(RealmModel realm, UserModel user, String enrollmentId) {
        return PendingTotp.find(session, realm, user, enrollmentId).map(pending -> pending);
    }

    private static Stream<CredentialModel> credentials(UserModel user) {
        return user.credentialManager().getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE);
    }

    private static CredentialModel stored(UserModel user, String id) {
        return Optional.ofNullable(user.credentialManager().getStoredCredentialById(id))
                .orElseThrow(() -> new IllegalStateException("the enrollment's credential is gone"));
    }

    private static Owner owner(RealmModel realm, UserModel user) {
        return new Owner(realm.getId(), user.getId());
    }
}
