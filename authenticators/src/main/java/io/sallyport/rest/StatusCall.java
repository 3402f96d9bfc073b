package io.sallyport.rest;

import io.sallyport.json.Problem;
import io.sallyport.population.UserStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Tells where a user stands: him himself, and administrators who may know by a token that reaches factors. */
final class StatusCall {

    private static final String ROLE = "mfa.get_mfa_status";

    private static final List<String> FIELDS = List.of(
            "user_id",
            "status",
            "required",
            "required_by",
            "methods",
            "recovery_codes_remaining",
            "locked_until",
            "grace_until");

    private final Caller caller;

    StatusCall(Caller caller) {
        this.caller = caller;
    }

    /** Methods are named, and nothing of what they hold: neither labels nor numbers nor ids of keys. */
    Map<String, Object> of(String userId) {
        Map<String, Object> all = new UserStatus(caller.session(), caller.realm()).of(user(userId));
        Map<String, Object> view = new LinkedHashMap<>();
        FIELDS.stream().filter(all::containsKey).forEach(field -> view.put(field, all.getOrDefault(field, "")));
        return view;
    }

    /** Who may not know it learns nothing, not even whether there is such a user. */
    private UserModel user(String userId) {
        if (userId.equals(caller.user().getId())) {
            return caller.user();
        }
        if (!Access.FACTORS.isGiven(caller.session(), caller.token()) || !maySeeOthers()) {
            throw Problem.FORBIDDEN.exception(caller.session(), List.of());
        }
        return Fields.plain(userId)
                .flatMap(id -> Optional.ofNullable(caller.session().users().getUserById(caller.realm(), id)))
                .orElseThrow(() -> Problem.NOT_FOUND.exception(caller.session(), List.of()));
    }

    /** By the roles that he has, not by those in the token. */
    private boolean maySeeOthers() {
        RealmModel realm = caller.realm();
        return Optional.<ClientModel>ofNullable(realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID))
                .map(management -> management.getRole(ROLE))
                .filter(caller.user()::hasRole)
                .isPresent();
    }
}
