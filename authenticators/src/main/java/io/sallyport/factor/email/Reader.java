package io.sallyport.factor.email;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.adapter.InMemoryUserAdapter;

/**
 * Whom a mail goes to, as the mail needs him once no transaction is open any more.
 *
 * @param attributes all of them, name and address among them
 */
record Reader(String id, Map<String, List<String>> attributes) {

    Reader {
        attributes = Map.copyOf(attributes);
    }

    static Reader of(UserModel user) {
        Map<String, List<String>> attributes = new HashMap<>(user.getAttributes());
        attributes.put(UserModel.USERNAME, List.of(user.getUsername()));
        Optional.ofNullable(user.getEmail()).ifPresent(email -> attributes.put(UserModel.EMAIL, List.of(email)));
        return new Reader(user.getId(), attributes);
    }

    /** @param address in place of his own */
    UserModel in(KeycloakSession session, RealmModel realm, Optional<String> address) {
        InMemoryUserAdapter reader = new InMemoryUserAdapter(session, realm, id);
        attributes.forEach(
                (name, values) -> reader.setAttribute(name, new ArrayList<>(values))); // it changes what it gets
        address.ifPresent(reader::setEmail);
        return reader;
    }
}
