package io.sallyport.admin;

import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.State;
import io.sallyport.policy.rules.Warnings;
import io.sallyport.population.simulation.Draft;
import io.sallyport.provider.RealmSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What an administrator must know to read the numbers of a simulation rightly. */
final class SimulationWarnings {

    private static final String STORAGE = "org.keycloak.storage.UserStorageProvider";

    private SimulationWarnings() {}

    static List<String> of(KeycloakSession session, RealmModel realm, Draft draft, Instant now) {
        List<String> warnings = new ArrayList<>();
        if (!RealmSettings.enabled(session, realm)) {
            warnings.add("MFA is not in force in this realm: what the policy says is not asked yet");
        }
        realm.getComponentsStream(realm.getId(), STORAGE)
                .filter(SimulationWarnings::keepsItsUsers)
                .forEach(directory -> warnings.add(
                        "users who are only in the external directory " + directory.getName() + " are not counted"));
        // what is deleted need not be what it should have been
        List<PolicyRule> rules = draft instanceof Draft.Deleted ? List.of() : draft.rules();
        if (!(draft instanceof Draft.Enforced)) {
            rules.stream()
                    .filter(rule -> rule.state() != State.ENFORCED)
                    .forEach(rule -> warnings.add(named(rule) + "is " + rule.state() + " and decides nothing"));
        }
        rules.stream()
                .filter(rule ->
                        rule.validUntil().filter(end -> !now.isBefore(end)).isPresent())
                .forEach(rule -> warnings.add(named(rule) + "has ended and decides nothing"));
        rules.stream()
                .filter(rule -> !rule.begun(now))
                .forEach(rule -> warnings.add(named(rule) + "has not begun and decides nothing yet"));
        warnings.addAll(Warnings.of(rules, now));
        return warnings;
    }

    /** Unless it says that it imports, its users need not be in the database. */
    private static boolean keepsItsUsers(ComponentModel directory) {
        return !"false".equals(directory.get("enabled")) && !"true".equals(directory.get("importEnabled"));
    }

    private static String named(PolicyRule rule) {
        return "rule " + rule.id() + " (" + rule.name() + "): ";
    }
}
