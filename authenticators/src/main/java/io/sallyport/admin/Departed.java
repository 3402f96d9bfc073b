package io.sallyport.admin;

import io.sallyport.json.InvalidRequest;
import io.sallyport.json.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.StorageUnavailableException;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageProviderModel;

/** Who may be erased from the trail: somebody who has left, in the eyes of somebody else. */
record Departed(KeycloakSession session, RealmModel realm, Administrator caller) {

    private static final String FEDERATED = "f:";
    private static final int LONGEST_ID = 255;

    /** Answers 403 about oneself, 400 about whoever has an account, 503 about whom nobody can tell whether he has one. */
    void require(String id) {
        if (id.equals(caller.id())) {
            throw caller.refused(Problem.FORBIDDEN, List.of("nobody erases himself"), Optional.empty());
        }
        // administrators of the master realm act here too, and are in no other realm
        RealmModel administrators = session.realms().getRealmByName(Config.getAdminRealm());
        if (Stream.of(realm, administrators).anyMatch(home -> hasAccount(home, id))) {
            throw new InvalidRequest(List.of("the person has an account: remove it first"));
        }
    }

    private boolean hasAccount(RealmModel home, String id) {
        if (!id.startsWith(FEDERATED)) {
            // also of a directory that does not answer, from which he was imported
            return UserStoragePrivateUtil.userLocalStorage(session).getUserById(home, id) != null;
        }
        int end = id.indexOf(':', FEDERATED.length());
        if (end < 0 || id.length() > LONGEST_ID) {
            throw new InvalidRequest(List.of("id: no user has such an id"));
        }
        ComponentModel directory = home.getComponent(id.substring(FEDERATED.length(), end));
        return directory != null && hasAccount(home, new UserStorageProviderModel(directory), id);
    }

    private boolean hasAccount(RealmModel home, UserStorageProviderModel directory, String id) {
        if (!directory.isEnabled()) {
            throw silent(directory);
        }
        try {
            return session.users().getUserById(home, id) != null;
        } catch (StorageUnavailableException | ModelException unknown) {
            throw silent(directory);
        }
    }

    private RuntimeException silent(UserStorageProviderModel directory) {
        return Problem.MFA_UNAVAILABLE.exception(
                session,
                List.of("the directory " + directory.getName() + " does not say whether the person has an account"),
                Map.of("Retry-After", "30"));
    }
}
