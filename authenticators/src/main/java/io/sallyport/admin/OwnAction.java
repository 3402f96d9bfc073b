package io.sallyport.admin;

import io.sallyport.form.Actions;
import io.sallyport.gate.MfaGateFactory;
import java.util.List;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/**
 * A required action of ours, registered and enabled.
 *
 * @param priority the lowest goes first
 */
record OwnAction(RealmModel realm, String id, String title, int priority) implements Fixture {

    /** Before every other required action: nobody enrolls a new factor or changes a password before the proof. */
    private static final int FIRST = 0;

    /** All of them. */
    static List<Fixture> of(RealmModel realm) {
        return List.of(
                new OwnAction(realm, MfaGateFactory.ID, "MFA gate", FIRST),
                new OwnAction(realm, Actions.ENROLL, "Set up a second factor", FIRST + 1),
                new OwnAction(realm, Actions.ENROLL_SMS, "Set up codes by SMS", FIRST + 3),
                new OwnAction(realm, Actions.DEVICES, "Trusted browsers", FIRST + 4),
                new OwnAction(realm, Actions.APPROVE, "Approve an action", FIRST + 5));
    }

    @Override
    public String name() {
        return "required action " + id;
    }

    @Override
    public boolean isMissing() {
        RequiredActionProviderModel known = realm.getRequiredActionProviderByAlias(id);
        return known == null || !known.isEnabled() || known.getPriority() != priority;
    }

    @Override
    public void putInPlace() {
        RequiredActionProviderModel known = realm.getRequiredActionProviderByAlias(id);
        RequiredActionProviderModel model = known == null ? new RequiredActionProviderModel() : known;
        model.setAlias(id);
        model.setProviderId(id);
        model.setName(title);
        model.setEnabled(true);
        model.setPriority(priority);
        if (known == null) {
            realm.addRequiredActionProvider(model);
        } else {
            realm.updateRequiredActionProvider(model);
        }
    }

    @Override
    public boolean isThere() {
        return realm.getRequiredActionProviderByAlias(id) != null;
    }

    @Override
    public void takeAway() {
        realm.removeRequiredActionProvider(realm.getRequiredActionProviderByAlias(id));
    }
}
