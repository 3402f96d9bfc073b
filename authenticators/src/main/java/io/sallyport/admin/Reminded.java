package io.sallyport.admin;

import io.sallyport.policy.rules.PolicyRule;
import io.sallyport.policy.rules.State;
import io.sallyport.policy.store.StoredRule;
import io.sallyport.provider.EventsSetting;
import io.sallyport.provider.RealmSettings;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Whether there is anybody who is told before an exception ends. */
record Reminded(KeycloakSession session, RealmModel realm) {

    /** That nobody is, although somebody should; administrators of another realm get no mail from this one. */
    Optional<String> problem(StoredRule stored) {
        PolicyRule rule = stored.rule();
        return Optional.of(
                        "rule " + rule.name() + " (" + rule.id()
                                + "): nobody will be reminded of its end: its owner gets no mail, and there are no security officers")
                .filter(text -> rule.state() == State.ENFORCED && rule.isException())
                .filter(text ->
                        wanted() && stored.owner().filter(this::getsMail).isEmpty());
    }

    private boolean wanted() {
        return RealmSettings.enabled(session, realm)
                && !RealmSettings.of(session, realm)
                        .get(EventsSetting.REMINDER_DAYS)
                        .isEmpty()
                && RealmSettings.of(session, realm).get(EventsSetting.OFFICERS).isEmpty();
    }

    private boolean getsMail(String id) {
        return Optional.ofNullable(session.users().getUserById(realm, id))
                .filter(UserModel::isEnabled)
                .map(UserModel::getEmail)
                .filter(address -> !address.isBlank())
                .isPresent();
    }
}
