package io.sallyport.verify;

import io.sallyport.factor.ChallengeRow;
import io.sallyport.factor.Challenges;
import io.sallyport.factor.EnrollmentRow;
import io.sallyport.factor.Enrollments;
import io.sallyport.factor.KeySurveyRow;
import io.sallyport.factor.KnownKeyRow;
import io.sallyport.factor.KnownKeys;
import io.sallyport.factor.email.MailRow;
import io.sallyport.factor.email.Mails;
import io.sallyport.factor.pass.PassRow;
import io.sallyport.factor.pass.Passes;
import io.sallyport.factor.recovery.RecoveryCodeRow;
import io.sallyport.factor.recovery.RecoveryCodes;
import io.sallyport.factor.recovery.RecoveryLinkRow;
import io.sallyport.factor.recovery.RecoveryOfferRow;
import io.sallyport.factor.sms.BudgetRow;
import io.sallyport.factor.sms.SendOutcomes;
import io.sallyport.factor.sms.SendRow;
import io.sallyport.provider.JpaTables;
import io.sallyport.provider.StatelessFactory;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.util.List;
import java.util.Timer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;

/** The tables of everything about a person's factors and sign-ins; rows go with the user or realm they are about. Beside it locks that nobody was told of are. */
public final class VerifyTablesFactory implements JpaEntityProviderFactory, StatelessFactory<JpaEntityProvider> {

    private static final long EVERY = 10_000;

    private final Timer rounds = new Timer("sallyport-late-locks", true);

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new JpaTables(
                getId(),
                "META-INF/sallyport-verify-changelog.xml",
                List.of(
                        EnrollmentRow.class,
                        KnownKeyRow.class,
                        KeySurveyRow.class,
                        SendRow.class,
                        BudgetRow.class,
                        ChallengeRow.class,
                        RecoveryCodeRow.class,
                        RecoveryOfferRow.class,
                        RecoveryLinkRow.class,
                        PassRow.class,
                        ThrottleRow.class,
                        UntoldLockRow.class,
                        CallRateRow.class,
                        EvidenceRow.class,
                        GraceRow.class,
                        WaiverRow.class,
                        DeviceRow.class,
                        MailRow.class,
                        MfaTokenRow.class,
                        IdempotencyRow.class));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(event -> {
            forget(event);
            if (event instanceof PostMigrationEvent) {
                rounds.schedule(new LateLockRound(factory), EVERY, EVERY);
            }
        });
    }

    @Override
    public void close() {
        rounds.cancel();
    }

    private static void forget(ProviderEvent event) {
        if (event instanceof RealmModel.RealmRemovedEvent removed) {
            KeycloakSession session = removed.getKeycloakSession();
            String realm = removed.getRealm().getId();
            new Enrollments(session).forgetRealm(realm);
            new SendOutcomes(entities(session)).forgetRealm(realm);
            new Challenges(session).forgetRealm(realm);
            new Mails(entities(session)).forgetRealm(realm);
            new KnownKeys(session).forgetRealm(realm);
            new RecoveryCodes(session, new SecureRandom()).forgetRealm(realm);
            new Passes(session, new SecureRandom()).forgetRealm(realm);
            new Throttle(session).forgetRealm(realm);
            new UntoldLocks(session).forgetRealm(realm);
            new CallRate(session).forgetRealm(realm);
            new EvidenceStore(session).forgetRealm(realm);
            new GraceStore(session).forgetRealm(realm);
            new WaiverStore(session).forgetRealm(realm);
            new DeviceStore(session).forgetRealm(realm);
            new MfaTokens(session).forgetRealm(realm);
            new Idempotency(session).forgetRealm(realm);
        } else if (event instanceof UserModel.UserRemovedEvent removed) {
            KeycloakSession session = removed.getKeycloakSession();
            String realm = removed.getRealm().getId();
            String user = removed.getUser().getId();
            new Enrollments(session).forgetUser(realm, user);
            new SendOutcomes(entities(session)).forgetUser(realm, user);
            new Challenges(session).forgetUser(realm, user);
            new Mails(entities(session)).forgetUser(realm, user);
            new KnownKeys(session).forgetUser(realm, user);
            new RecoveryCodes(session, new SecureRandom()).forgetUser(realm, user);
            new Passes(session, new SecureRandom()).forgetUser(realm, user);
            new Throttle(session).forgetUser(realm, user);
            new UntoldLocks(session).forgetUser(realm, user);
            new CallRate(session).forgetUser(realm, user);
            new EvidenceStore(session).forgetUser(realm, user);
            new GraceStore(session).forgetUser(realm, user);
            new WaiverStore(session).forgetUser(realm, user);
            new DeviceStore(session).deleteAll(realm, user);
            new MfaTokens(session).forgetUser(realm, user);
            new Idempotency(session).forgetUser(realm, user);
        }
    }

    private static EntityManager entities(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    @Override
    public String getId() {
        return "mfa-verify-tables";
    }
}
