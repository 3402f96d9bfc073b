package io.sallyport.factor;

import io.sallyport.crypto.KeyedHash;
import io.sallyport.crypto.Owner;
import io.sallyport.crypto.SecretBox;
import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.factor.sms.ConfiguredSender;
import io.sallyport.factor.sms.NumberRules;
import io.sallyport.factor.sms.PhoneNumber;
import io.sallyport.factor.sms.SendDecision;
import io.sallyport.factor.sms.SendRequest;
import io.sallyport.factor.sms.Sends;
import io.sallyport.factor.sms.SmsCredential;
import io.sallyport.factor.sms.SmsCredential.SealedNumber;
import io.sallyport.factor.sms.SmsDispatch;
import io.sallyport.factor.sms.SmsSender;
import io.sallyport.policy.Method;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Settings;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells a number that it is no factor any more, beside the mail: who took it away may read the mail, too. It goes out by
 * another thread once the removal is committed, is counted like every message, and nobody waits for it or fails with it.
 *
 * @param number sealed, so that a key that is missing is no hindrance to the removal
 */
public record RemovedNumber(
        KeycloakSessionFactory sessions, String realmId, String userId, String enrollmentId, SealedNumber number) {

    private static final Logger LOG = Logger.getLogger(RemovedNumber.class);

    /** The number of a credential that was removed in this session's transaction. */
    public static RemovedNumber of(KeycloakSession session, RealmModel realm, UserModel user, CredentialModel removed) {
        return new RemovedNumber(
                session.getKeycloakSessionFactory(),
                realm.getId(),
                user.getId(),
                removed.getId(),
                SmsCredential.number(removed));
    }

    /**
     * Tells it after the commit.
     *
     * @param address what the client's messages are counted by
     * @param tenants ids of the organizations that count
     */
    public void tell(KeycloakSession session, Optional<String> address, List<String> tenants) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                start(address, tenants);
            }

            @Override
            protected void rollbackImpl() {
                // what did not happen is not told
            }
        });
    }

    private void start(Optional<String> address, List<String> tenants) {
        try {
            KeycloakModelUtils.runJobInTransactionWithResult(
                            sessions,
                            session ->
                                    session.getProvider(ExecutorsProvider.class).getExecutor("mfa-removed-numbers"))
                    .execute(() -> deliver(address, tenants));
        } catch (RuntimeException full) {
            LOG.errorf(full, "A number of realm %s could not be told that it was removed", realmId);
        }
    }

    private void deliver(Optional<String> address, List<String> tenants) {
        try {
            KeycloakModelUtils.runJobInTransactionWithResult(sessions, own -> decide(own, address, tenants))
                    .map(SmsDelivery::tell)
                    .ifPresent(handover -> handover.match(
                            () -> true,
                            unclear -> failed(unclear.reason()),
                            failed -> failed(failed.problem().reason())));
        } catch (RuntimeException broken) {
            LOG.errorf(broken, "A number of realm %s could not be told that it was removed", realmId);
        }
    }

    private Optional<SmsDelivery> decide(KeycloakSession own, Optional<String> address, List<String> tenants) {
        Optional<RealmModel> realm = Optional.ofNullable(own.realms().getRealm(realmId));
        realm.ifPresent(own.getContext()::setRealm);
        Optional<UserModel> user =
                realm.flatMap(known -> Optional.ofNullable(own.users().getUserById(known, userId)));
        Optional<SmsSender> sender = ConfiguredSender.of(own)
                .filter(SmsSender::carriesTexts)
                .filter(free -> SmsDispatch.shared().open());
        if (user.isEmpty() || sender.isEmpty()) {
            return Optional.empty();
        }
        Settings settings = RealmSettings.of(own, realm.orElseThrow());
        return opened(number)
                .filter(gone -> !holds(user.get(), gone))
                .filter(gone -> isAllowed(settings, gone))
                .flatMap(gone -> new Sends(
                                own.getProvider(JpaConnectionProvider.class).getEntityManager(), KeyedHash.configured())
                        .decideTelling(
                                new SendRequest(realmId, userId, "removed." + enrollmentId, gone, address, tenants),
                                settings)
                        .match(
                                granted -> Optional.of(
                                        delivery(own, realm.orElseThrow(), user.get(), gone, granted, sender.get())),
                                waiting -> Optional.empty(),
                                capped -> {
                                    record(own, capped.cap().wireName());
                                    return Optional.empty();
                                }));
    }

    private SmsDelivery delivery(
            KeycloakSession own,
            RealmModel realm,
            UserModel user,
            PhoneNumber gone,
            SendDecision.Granted granted,
            SmsSender sender) {
        return new SmsDelivery(sessions, realmId, granted, sender, new SmsWording(own, realm, user).removed(gone));
    }

    /** The same number again, as under another name: it is a factor still. */
    private boolean holds(UserModel user, PhoneNumber gone) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(SmsCredential.TYPE)
                .flatMap(stored -> opened(SmsCredential.number(stored)).stream())
                .anyMatch(gone::equals);
    }

    private Optional<PhoneNumber> opened(SealedNumber sealed) {
        return sealed.open(SecretBox.configured(), new Owner(realmId, userId));
    }

    private static boolean isAllowed(Settings settings, PhoneNumber gone) {
        return NumberRules.from(settings).parse(gone.e164()).match(accepted -> true, refused -> false);
    }

    private boolean failed(String reason) {
        KeycloakModelUtils.runJobInTransaction(sessions, own -> {
            own.getContext().setRealm(own.realms().getRealm(realmId));
            record(own, reason);
        });
        return false;
    }

    private void record(KeycloakSession own, String reason) {
        Trail.recordHere(
                own,
                own.getContext().getRealm(),
                MfaEvent.of(MfaEventType.NOTICE_FAILED, Outcome.FAILURE)
                        .user(userId)
                        .with(Detail.METHOD, Method.SMS_OTP.name())
                        .with(Detail.REASON, reason));
    }
}
