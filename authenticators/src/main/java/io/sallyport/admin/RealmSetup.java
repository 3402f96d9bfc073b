package io.sallyport.admin;

import io.sallyport.factor.KeySurvey;
import io.sallyport.json.InvalidRequest;
import io.sallyport.policy.rules.PolicyDocument;
import io.sallyport.policy.store.ActionEdit;
import io.sallyport.policy.store.PolicyEdit;
import io.sallyport.policy.store.PolicyLock;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.provider.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Sets a realm up for MFA, and takes it back; doing it twice changes nothing the second time. */
final class RealmSetup {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmFixtures fixtures;

    RealmSetup(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.fixtures = new RealmFixtures(realm);
    }

    /**
     * Applies settings and policy, and puts everything in its place in the realm.
     *
     * @param actor id of the administrator; absent for a realm import
     * @return what changed, for people to read; empty if nothing did
     * @throws IllegalArgumentException if a setting or the policy is not valid; then nothing changed
     * @throws InvalidRequest if it lacks the reason that it needs; the transaction must be rolled back
     */
    List<String> apply(SetupRequest request, Optional<String> actor) {
        PolicyLock.hold(session, realm);
        Map<String, String> texts = SettingsChange.merged(session, realm, Map.of());
        boolean inForce = "true".equals(texts.get(Setting.ENABLED.name()));
        String reason = request.reason().orElse("set-up");
        texts.put(Setting.ENABLED.name(), "true");
        texts.putAll(request.settings());
        Settings settings = Settings.from(texts);
        Optional<PolicyDocument.Content> policy = request.policy()
                .map(document -> PolicyDocument.content(document, new KeycloakDirectory(session, realm)));
        List<String> broken = problems();
        if (!broken.isEmpty()) {
            throw new InvalidRequest(broken);
        }
        List<String> changed = new ArrayList<>(fixtures.putInPlace());
        KeySurvey survey = new KeySurvey(session);
        actor.ifPresentOrElse(administrator -> survey.run(realm), () -> survey.leaveOut(realm));
        new SettingsChange(session, realm, reason, actor)
                .apply(settings)
                .forEach((name, value) ->
                        changed.add("setting " + name + " = " + (value.isEmpty() ? "default" : value)));
        policy.map(content ->
                        PolicyEdit.begin(session, realm, actor, reason).replaceAll(Optional.empty(), content.rules()))
                .filter(made -> !made.isEmpty())
                .ifPresent(made -> changed.add("policy: " + made.size() + " rules"));
        policy.flatMap(PolicyDocument.Content::actions)
                .map(actions -> ActionEdit.begin(session, realm, actor, reason).replaceAll(actions))
                .filter(made -> !made.isEmpty())
                .ifPresent(made -> changed.add("catalogue: " + made.size() + " actions"));
        if (inForce && !changed.isEmpty() && request.reason().isEmpty()) {
            throw new InvalidRequest(List.of("$.reason: is missing, and MFA is in force already"));
        }
        return changed;
    }

    /** What set-up would change here, what its undo would, and what has to be mended first; nothing is touched. */
    Map<String, Object> preview() {
        Map<String, String> stored = RealmSettings.stored(session, realm);
        boolean enabled = "true".equals(stored.get(Setting.ENABLED.name()));
        Stream<String> on = enabled ? Stream.empty() : Stream.of("setting " + Setting.ENABLED.name() + " = true");
        return Map.of(
                "enabled",
                enabled,
                "would_change",
                Stream.concat(fixtures.missing().stream(), on).toList(),
                "would_remove",
                Stream.concat(
                                fixtures.present().stream(),
                                stored.keySet().stream().map(RealmSetup::byDefault))
                        .toList(),
                "problems",
                problems());
    }

    private List<String> problems() {
        return Stream.concat(new AcrMap(realm).problems().stream(), new FactorsScope(realm).problems().stream())
                .toList();
    }

    private static String byDefault(String setting) {
        return "setting " + setting + " = default";
    }

    /** Takes everything out of the realm again; factors, evidence and the audit trail stay. */
    List<String> remove(String reason, Optional<String> actor) {
        List<String> changed = new ArrayList<>(fixtures.takeAway());
        new SettingsChange(session, realm, reason, actor)
                .apply(Settings.from(Map.of()))
                .keySet()
                .forEach(name -> changed.add(byDefault(name)));
        return changed;
    }
}
