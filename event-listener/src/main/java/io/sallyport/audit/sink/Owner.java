package io.sallyport.audit.sink;

import io.sallyport.event.Detail;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Who answers for an exception, as somebody to write to. The outbox says "the owner" and not his address, so that it holds nothing
 * about a person.
 *
 * @param address where he gets mail
 * @param locale the language that he chose
 */
record Owner(String address, Optional<String> locale) {

    /** In the place of an address, which always has an @. */
    static final String ADDRESSEE = "owner";

    /** Empty if the event names nobody, or somebody who is gone, disabled or has no address. */
    static Optional<Owner> of(KeycloakSession session, RealmModel realm, Map<?, ?> details) {
        return Optional.ofNullable(details.get(Detail.OWNER))
                .map(id -> session.users().getUserById(realm, String.valueOf(id)))
                .filter(UserModel::isEnabled)
                .flatMap(user -> Optional.ofNullable(user.getEmail())
                        .filter(address -> !address.isBlank())
                        .map(address ->
                                new Owner(address, Optional.ofNullable(user.getFirstAttribute(UserModel.LOCALE)))));
    }
}
