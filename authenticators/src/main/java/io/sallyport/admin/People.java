package io.sallyport.admin;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Whoever acts in a realm, by name: somebody of the realm, or an administrator of the master realm, who is in no other one. */
final class People {

    private final KeycloakSession session;
    private final RealmModel realm;

    /** Each is looked up once, however many rows name him. */
    private final Map<String, Optional<String>> known = new HashMap<>();

    People(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** The username; empty if there is nobody of this id any more. */
    Optional<String> nameOf(String id) {
        return known.computeIfAbsent(
                id,
                any -> Stream.of(realm, session.realms().getRealmByName(Config.getAdminRealm()))
                        .flatMap(home -> Stream.ofNullable(session.users().getUserById(home, id)))
                        .map(UserModel::getUsername)
                        .findFirst());
    }
}
