package io.sallyport.admin;

import java.util.Optional;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;

/** Keycloak's own required action that enrolls an authenticator app, enabled; it is Keycloak's and outlives the set-up. */
record StockEnrollment(RealmModel realm) implements Fixture {

    private static final String ALIAS = UserModel.RequiredAction.CONFIGURE_TOTP.name();

    @Override
    public String name() {
        return "required action " + ALIAS;
    }

    @Override
    public boolean isMissing() {
        return disabled().isPresent();
    }

    @Override
    public void putInPlace() {
        disabled().ifPresent(action -> {
            action.setEnabled(true);
            realm.updateRequiredActionProvider(action);
        });
    }

    @Override
    public boolean isThere() {
        return false;
    }

    @Override
    public void takeAway() {}

    private Optional<RequiredActionProviderModel> disabled() {
        return Optional.ofNullable(realm.getRequiredActionProviderByAlias(ALIAS))
                .filter(action -> !action.isEnabled());
    }
}
