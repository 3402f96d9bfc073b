package io.sallyport.factor;

import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.crypto.SecretBytes;
import io.sallyport.factor.totp.HmacAlgorithm;
import io.sallyport.factor.totp.OtpParameters;
import io.sallyport.factor.totp.OtpSecret;
import io.sallyport.factor.totp.Totp;
import io.sallyport.policy.Method;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OTPPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.utils.Base32;

/** A TOTP enrollment that waits for its first valid code. Its secret was made here and is stored sealed. */
public final class PendingTotp implements PendingFactor {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int DEFAULT_PERIOD = 30;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final String id;
    private final SecretBytes key;
    private final OtpParameters parameters;

    private PendingTotp(KeycloakSession session, RealmModel realm, UserModel user, String id, SecretBytes key) {
        this.session = session;
        this.realm = realm;
        this.user = user;
        this.id = id;
        this.key = key;
        this.parameters = parameters(realm.getOTPPolicy());
    }

    /** Begins a new enrollment in place of a pending one. */
    public static PendingTotp begin(KeycloakSession session, RealmModel realm, UserModel user) {
        byte[] key = new byte[parameters(realm.getOTPPolicy()).algorithm().keyBytes()];
        RANDOM.nextBytes(key);
        SecretBytes secret = SecretBytes.of(key);
        String box = SecretBox.configured().seal(secret, owner(realm, user));
        String id = new Enrollments(session)
                .begin(
                        realm.getId(),
                        user.getId(),
                        Method.TOTP,
                        RealmSettings.of(session, realm).get(Setting.ENROLLMENT_TTL),
                        new Enrollments.SealedSecret(box));
        return new PendingTotp(session, realm, user, id, secret);
    }

    /** The user's own pending enrollment of this id; empty if it is over. */
    public static Optional<PendingTotp> find(KeycloakSession session, RealmModel realm, UserModel user, String id) {
        Enrollments enrollments = new Enrollments(session);
        if (!enrollments.isPending(id, realm.getId(), user.getId(), Method.TOTP)) {
            return Optional.empty();
        }
        return enrollments
                .pending(id, realm.getId(), user.getId())
                .map(stored -> SecretBox.configured().open(stored.sealed(), owner(realm, user)))
                .map(secret -> new PendingTotp(session, realm, user, id, secret));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Method method() {
        return Method.TOTP;
    }

    /** The secret as authenticator apps take it, Base32. */
    public String base32() {
        return Base32.encode(key.toBytes());
    }

    /** How codes are made: the realm's OTP policy. */
    public OtpParameters parameters() {
        return parameters;
    }

    @Override
    public Optional<Match> compare(Answer answer) {
        long step = Totp.step(KeycloakClock.now(), parameters);
        int window = realm.getOTPPolicy().getLookAheadWindow();
        return OtpSecret.of(key, parameters).match(answer.text(), step, window).stream()
                .mapToObj(matched -> new Match(id, matched, TotpFactor.AMR))
                .findFirst();
    }

    @Override
    public boolean activate(Match match, String label) {
        if (!new Enrollments(session).activate(id, match.step())) {
            return false;
        }
        OTPCredentialModel credential = OTPCredentialModel.createTOTP(
                base32(),
                parameters.digits(),
                Math.toIntExact(parameters.period().toSeconds()),
                parameters.algorithm().jcaName(),
                "BASE32");
        credential.setId(id);
        credential.setUserLabel(label);
        OtpSecret.seal(credential, SecretBox.configured(), owner(realm, user));
        user.credentialManager().createStoredCredential(credential);
        return true;
    }

    private static OtpParameters parameters(OTPPolicy policy) {
        int period = policy.getPeriod() > 0 ? policy.getPeriod() : DEFAULT_PERIOD;
        return new OtpParameters(
                HmacAlgorithm.ofJcaName(policy.getAlgorithm()), policy.getDigits(), Duration.ofSeconds(period));
    }

    private static Owner owner(RealmModel realm, UserModel user) {
        return new Owner(realm.getId(), user.getId());
    }
}
