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
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The browsers that users trust, in the table {@code MFA_DEVICE}; off unless {@code mfa.trusted-device.days} is set. */
public final class TrustedDevices {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;
    private static final int MAX_LABEL = 255;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final DeviceStore store;

    /** The devices of a realm, in the session's transaction. */
    public TrustedDevices(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.store = new DeviceStore(session);
    }

    /** How long a browser may be trusted; zero if it may not. */
    public Duration life() {
        return RealmSettings.of(session, realm).get(Setting.TRUSTED_DEVICE_DAYS);
    }

    /**
     * Trusts the browser in which this user has just passed; its cookie holds what is returned, and nobody else does.
     * Empty if it can't be trusted.
     *
     * @param replaced what its cookie holds now; empty if it has none
     */
    public Optional<String> trust(UserModel user, Assessment assessment, String label, Optional<String> replaced) {
        if (life().isZero()
                || !(assessment.decision() instanceof PolicyDecision.Challenge challenge)
                || challenge.proof().strength() == Strength.PHISHING_RESISTANT) {
            return Optional.empty();
        }
        Optional<Instant> proved = assessment
                .evidence()
                .filter(evidence -> evidence.method().enrollable())
                .map(Evidence::verifiedAt);
        return proved.flatMap(since ->
                TrustBasis.of(session, realm, user, challenge).map(basis -> add(user, label, basis, since, replaced)));
    }

    /** The browser of this cookie, if its user trusts it and nothing that the trust stands on has changed. */
    public Optional<TrustedDevice> recognize(UserModel user, PolicyDecision.Challenge challenge, String token) {
        Instant now = now();
        if (life().isZero() || challenge.proof().strength() == Strength.PHISHING_RESISTANT) {
            return Optional.empty();
        }
        return TrustBasis.of(session, realm, user, challenge)
                .flatMap(basis -> rows(user).stream()
                        .filter(row -> row.standsOn(basis) && row.holds(TrustBasis.digest(token)))
                        .map(DeviceRow::device)
                        .findFirst())
                .map(device -> bounded(device, challenge.proof().maxAge().orElse(life())))
                .filter(device -> now.isBefore(device.until()));
    }

    /** Lets the session in by a trusted browser, unless the trust was ended this moment; on the record. */
    public void admit(Visit visit, PolicyDecision.Challenge challenge, TrustedDevice device) {
        Instant now = now();
        if (!store.used(device.id(), now)) {
            return;
        }
        SessionBinding binding = visit.binding().orElseThrow();
        new WaiverStore(session)
                .add(
                        realm.getId(),
                        visit.user().getId(),
                        binding,
                        DecidingRules.of(challenge),
                        new Waiver(Waiver.Kind.TRUSTED_DEVICE, device.until()),
                        now);
        MfaEvent event = MfaEvent.of(MfaEventType.SKIPPED, Outcome.SUCCESS)
                .user(visit.user().getId())
                .client(Optional.of(visit.client().getClientId()))
                .session(binding.rootSessionId())
                .with(Detail.REASON, "trusted_device")
                .with(Detail.DEVICE, device.id());
        Trail.record(session, realm, Ruling.of(session, visit.user().getId()).on(event));
    }

    /** The browsers that the user trusts still, newest first; the rules of one sign-in may think less of them. */
    public List<TrustedDevice> of(UserModel user) {
        return trusted(user).map(row -> bounded(row.device(), life())).toList();
    }

    /** Id of the one whose cookie holds this; empty if it is none of the user's. */
    public Optional<String> idOf(UserModel user, String token) {
        String hash = TrustBasis.digest(token);
        return trusted(user)
                .filter(row -> row.holds(hash))
                .map(row -> row.device().id())
                .findFirst();
    }

    /** Ends the trust in one of the user's browsers, and in every session that lives on trust; false if it is not his. */
    public boolean end(UserModel user, String id) {
        boolean ended = ID.matcher(id).matches() && store.delete(realm.getId(), user.getId(), id);
        if (ended) {
            new WaiverStore(session).endTrust(realm.getId(), user.getId());
        }
        return ended;
    }

    /** Ends the trust in all of a user's browsers, also in the sessions that live on it; how many there were. */
    public int endAll(String userId) {
        int ended = store.deleteAll(realm.getId(), userId);
        new WaiverStore(session).endTrust(realm.getId(), userId);
        return ended;
    }

    private String add(UserModel user, String label, TrustBasis basis, Instant since, Optional<String> replaced) {
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
        store.add(row, replaced.map(TrustBasis::digest).orElse(""), now());
        Trail.record(
                session,
                realm,
                Ruling.of(session, user.getId())
                        .on(MfaEvent.of(MfaEventType.DEVICE_TRUSTED, Outcome.SUCCESS)
                                .user(user.getId())
                                .with(Detail.DEVICE, row.device().id())));
        Notices.tell(session, realm, user, Notice.DEVICE_TRUSTED);
        return token;
    }

    /** A setting that was shortened holds for the trust of before, too; so does the rule's own age. */
    private TrustedDevice bounded(TrustedDevice device, Duration age) {
        Instant end = device.since().plus(age.compareTo(life()) < 0 ? age : life());
        return end.isBefore(device.until()) ? device.endingAt(end) : device;
    }

    private Stream<DeviceRow> trusted(UserModel user) {
        Instant now = now();
        return TrustBasis.credentials(session, realm, user).stream()
                .flatMap(basis -> rows(user).stream().filter(row -> row.standsOn(basis)))
                .filter(row -> now.isBefore(bounded(row.device(), life()).until()));
    }

    private List<DeviceRow> rows(UserModel user) {
        return store.of(realm.getId(), user.getId());
    }

    private Instant now() {
        return DatabaseClock.now(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }
}
