package io.sallyport.verify;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEvent;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.Outcome;
import io.sallyport.event.Trail;
import io.sallyport.policy.PolicyDecision;
import io.sallyport.policy.Strength;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The browsers that users trust, in the table {@code MFA_DEVICE}; off unless {@code mfa.trusted-device.days} is set. */
public final class TrustedDevices {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;
    private static final int MAX_LABEL = 255;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final EntityManager em;

    /** The devices of a realm, in the session's transaction. */
    public TrustedDevices(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** How long a browser may be trusted; zero if it may not. */
    public Duration life() {
        return RealmSettings.of(session, realm).get(Setting.TRUSTED_DEVICE_DAYS);
    }

    /**
     * Trusts the browser in which this user has just passed; its cookie holds what is returned, and nobody else does.
     * Empty if it can't be trusted.
     */
    public Optional<String> trust(UserModel user, Assessment assessment, String label) {
        if (life().isZero()
                || !(assessment.decision() instanceof PolicyDecision.Challenge challenge)
                || challenge.proof().strength() == Strength.PHISHING_RESISTANT) {
            return Optional.empty();
        }
        Optional<Instant> proved = assessment
                .evidence()
                .filter(evidence -> evidence.method().enrollable())
                .map(Evidence::verifiedAt);
        return proved.flatMap(
                since -> TrustBasis.of(session, realm, user, challenge).map(basis -> add(user, label, basis, since)));
    }

    /** The browser of this cookie, if its user trusts it and nothing that the trust stands on has changed. */
    public Optional<TrustedDevice> recognize(UserModel user, PolicyDecision.Challenge challenge, String token) {
        Instant now = DatabaseClock.now(em);
        if (life().isZero() || challenge.proof().strength() == Strength.PHISHING_RESISTANT) {
            return Optional.empty();
        }
        return TrustBasis.of(session, realm, user, challenge)
                .flatMap(basis -> rows(user).stream()
                        .filter(row -> row.standsOn(basis) && row.holds(TrustBasis.digest(token)))
                        .map(DeviceRow::device)
                        .findFirst())
                .map(device -> bounded(device, challenge))
                .filter(device -> now.isBefore(device.until()));
    }

    /** Lets the session in by a trusted browser; on the record. */
    public void admit(Visit visit, PolicyDecision.Challenge challenge, TrustedDevice device) {
        new WaiverStore(session)
                .add(
                        realm.getId(),
                        visit.user().getId(),
                        visit.binding().orElseThrow(),
                        DecidingRules.of(challenge),
                        new Waiver(Waiver.Kind.TRUSTED_DEVICE, device.until()),
                        DatabaseClock.now(em));
        MfaEvent event = MfaEvent.of(MfaEventType.SKIPPED, Outcome.SUCCESS)
                .user(visit.user().getId())
                .client(Optional.of(visit.client().getClientId()))
                .session(visit.binding().orElseThrow().rootSessionId())
                .with(Detail.REASON, "trusted_device")
                .with(Detail.DEVICE, device.id());
        Trail.record(session, realm, Ruling.of(session).on(event));
    }

    /** The user's trusted browsers, newest first. */
    public List<TrustedDevice> of(UserModel user) {
        Instant now = DatabaseClock.now(em);
        return rows(user).stream()
                .map(DeviceRow::device)
                .filter(device -> now.isBefore(device.until()))
                .toList();
    }

    /** Ends the trust in one of the user's browsers; false if it is not his. */
    public boolean end(UserModel user, String id) {
        endWaivers(user.getId());
        return em.createQuery("delete from MfaDevice d where d.realmId = :realm and d.userId = :user and d.id = :id")
                        .setParameter("realm", realm.getId())
                        .setParameter("user", user.getId())
                        .setParameter("id", id)
                        .executeUpdate()
                > 0;
    }

    /** Ends the trust in all of a user's browsers, also in the sessions that live on it. */
    public void endAll(String userId) {
        endWaivers(userId);
        forgetUser(em, realm.getId(), userId);
    }

    static void forgetUser(EntityManager em, String realmId, String userId) {
        em.createQuery("delete from MfaDevice d where d.realmId = :realm and d.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    static void forgetRealm(EntityManager em, String realmId) {
        em.createQuery("delete from MfaDevice d where d.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private String add(UserModel user, String label, TrustBasis basis, Instant since) {
        byte[] random = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        DeviceRow row = new DeviceRow(
                UUID.randomUUID().toString(),
                realm.getId(),
                user.getId(),
                TrustBasis.digest(token),
                label.length() > MAX_LABEL ? label.substring(0, MAX_LABEL) : label,
                basis);
        row.lasts(since, since.plus(life()));
        em.persist(row);
        em.flush();
        return token;
    }

    /** A setting that was shortened holds for the trust of before, too; so does the rule's own age. */
    private TrustedDevice bounded(TrustedDevice device, PolicyDecision.Challenge challenge) {
        Duration age = challenge
                .proof()
                .maxAge()
                .filter(max -> max.compareTo(life()) < 0)
                .orElse(life());
        Instant end = device.since().plus(age);
        return end.isBefore(device.until())
                ? new TrustedDevice(device.id(), device.label(), device.since(), end)
                : device;
    }

    private void endWaivers(String userId) {
        em.createQuery("delete from MfaWaiver w where w.realmId = :realm and w.userId = :user and w.kind = :kind")
                .setParameter("realm", realm.getId())
                .setParameter("user", userId)
                .setParameter("kind", Waiver.Kind.TRUSTED_DEVICE)
                .executeUpdate();
    }

    private List<DeviceRow> rows(UserModel user) {
        return em.createQuery(
                        "select d from MfaDevice d where d.realmId = :realm and d.userId = :user"
                                + " order by d.createdAt desc",
                        DeviceRow.class)
                .setParameter("realm", realm.getId())
                .setParameter("user", user.getId())
                .getResultList();
    }
}
