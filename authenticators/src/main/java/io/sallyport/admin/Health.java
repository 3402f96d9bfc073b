package io.sallyport.admin;

import io.sallyport.crypto.SecretBox;
import io.sallyport.event.AuditReader;
import io.sallyport.event.SealingLag;
import io.sallyport.event.sink.Outbox;
import io.sallyport.provider.EnrollmentProof;
import io.sallyport.provider.InvalidSettings;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import io.sallyport.provider.SettingsMirror;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whether everything that a realm's MFA stands on is in its place, and what an administrator should look at. */
final class Health {

    /** Rows are sealed every second; what waits longer than this waits for somebody. */
    private static final Duration SEALED_WITHIN = Duration.ofMinutes(1);

    /** Events leave in the same second; one whose target fails a few times may take a minute. */
    private static final Duration TOLD_WITHIN = Duration.ofMinutes(2);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final boolean enabled;
    private final Settings settings;
    private final List<String> unreadable;

    private Health(KeycloakSession session, RealmModel realm, Map<String, String> stored, List<String> unreadable) {
        this.session = session;
        this.realm = realm;
        this.enabled = "true".equals(stored.get(Setting.ENABLED.name()));
        this.settings = Settings.from(unreadable.isEmpty() ? stored : Map.of());
        this.unreadable = unreadable;
    }

    /** By what is stored, so that settings that nobody can read are a finding and no failure. */
    static Health of(KeycloakSession session, RealmModel realm) {
        Map<String, String> stored = RealmSettings.stored(session, realm);
        try {
            Settings.from(stored);
            return new Health(session, realm, stored, List.of());
        } catch (InvalidSettings bad) {
            return new Health(session, realm, stored, bad.problems());
        }
    }

    boolean enabled() {
        return enabled;
    }

    /** Those in force; the defaults if they can't be read. */
    Settings settings() {
        return settings;
    }

    /** Every part, as it is now. */
    List<HealthPart> parts(Instant now) {
        return List.of(gate(), guard(), listener(), key(), sealing(now), sinks(now), stored(), enrollmentProof());
    }

    private HealthPart gate() {
        return enabled
                ? HealthPart.unless(
                        new RealmFixtures(realm).missing(),
                        "gate",
                        HealthPart.State.BROKEN,
                        "everything that set-up makes is there",
                        "missing in the realm; set-up puts it back")
                : new HealthPart("gate", HealthPart.State.WARNING, "MFA is not in force in this realm", List.of());
    }

    private HealthPart guard() {
        return HealthPart.unless(
                new Guards(session).lost(),
                "guard",
                HealthPart.State.BROKEN,
                "no token, assertion or factor goes past the guard",
                "switched off or replaced by options of the server");
    }

    private HealthPart listener() {
        return HealthPart.unless(
                new Guards(session).listens() ? List.of() : List.of("events-listener/sallyport-audit"),
                "listener",
                HealthPart.State.BROKEN,
                "every event is written into the trail",
                "switched off or replaced by options of the server, so nothing can be proved");
    }

    private static HealthPart key() {
        return HealthPart.unless(
                SecretBox.configured().usable() ? List.of() : List.of("spi-credential--keycloak-otp--key-file"),
                "key",
                HealthPart.State.BROKEN,
                "secrets can be encrypted",
                "there is no usable encryption key, so nobody can enroll or use a code");
    }

    private HealthPart sealing(Instant now) {
        SealingLag lag = session.getProvider(AuditReader.class).sealingLag(realm.getId());
        String rows = String.valueOf(lag.rows());
        return lag.oldest()
                        .filter(oldest -> oldest.plus(SEALED_WITHIN).isBefore(now))
                        .isPresent()
                ? new HealthPart(
                        "sealing",
                        HealthPart.State.BROKEN,
                        "rows wait to be sealed for too long; the server's log says why",
                        List.of(rows))
                : HealthPart.ok("sealing", "the trail is sealed as it is written", rows);
    }

    private HealthPart sinks(Instant now) {
        Outbox outbox = session.getProvider(Outbox.class);
        List<String> waiting = outbox.waitingSince(realm.getId()).entrySet().stream()
                .filter(sink -> sink.getValue().plus(TOLD_WITHIN).isBefore(now))
                .map(sink -> sink.getKey() + " " + sink.getValue())
                .sorted()
                .toList();
        return waiting.isEmpty()
                ? givenUp(outbox)
                : new HealthPart(
                        "sinks",
                        HealthPart.State.BROKEN,
                        "events wait for too long; GET outbox and the server's log say why",
                        waiting);
    }

    private HealthPart givenUp(Outbox outbox) {
        Stream<Map<String, Object>> counts = outbox.counts(realm.getId()).stream();
        return HealthPart.unless(
                counts.filter(sink -> ((Number) sink.getOrDefault("dead", 0)).longValue() > 0)
                        .map(sink -> sink.get("sink") + " " + sink.get("dead"))
                        .toList(),
                "sinks",
                HealthPart.State.WARNING,
                "no event was given up",
                "events were given up; outbox/resend sends them again");
    }

    private HealthPart stored() {
        if (!unreadable.isEmpty()) {
            return new HealthPart(
                    "settings",
                    HealthPart.State.BROKEN,
                    "settings can't be read, so nobody passes; a change of the settings mends them",
                    unreadable);
        }
        return HealthPart.unless(
                SettingsMirror.drift(session, realm).stream()
                        .map(SettingsMirror.Drift::name)
                        .toList(),
                "settings",
                HealthPart.State.WARNING,
                "the realm's attributes say what is in force",
                "attributes of the realm say what is not in force; the next update of the realm restores them");
    }

    private HealthPart enrollmentProof() {
        boolean alone = settings.get(Setting.ENROLLMENT_PROOF) == EnrollmentProof.PASSWORD;
        return HealthPart.unless(
                alone ? List.of(Setting.ENROLLMENT_PROOF.name()) : List.of(),
                "enrollment_proof",
                HealthPart.State.WARNING,
                "a first factor takes more than the password",
                "a first factor takes the password alone, so a stolen one can enroll before its owner does");
    }
}
