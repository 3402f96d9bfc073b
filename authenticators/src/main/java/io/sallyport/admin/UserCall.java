package io.sallyport.admin;

import io.sallyport.json.Problem;
import io.sallyport.provider.RealmSettings;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * A call about one user: it sees or changes something only after everything that its caller needs was checked.
 *
 * @param userId the user, who may not exist
 */
record UserCall(KeycloakSession session, RealmModel realm, Administrator caller, String userId) {

    /** Answers what somebody with the right to see the user may see. */
    Response seen(Function<UserModel, Map<String, Object>> view) {
        caller.require(Permission.STATUS);
        return Answer.of(session, () -> {
            UserModel user = user();
            caller.requireView(user);
            return view.apply(user);
        });
    }

    /** Changes something about somebody else, with a reason and a fresh proof of the caller's own. */
    Response changed(
            Permission wanted, Supplier<String> reason, BiFunction<HelpDesk, UserModel, Map<String, Object>> change) {
        caller.require(wanted);
        return Answer.of(session, () -> {
            UserModel user = user();
            caller.requireManage(user);
            if (!RealmSettings.enabled(session, realm)) {
                throw Problem.MFA_NOT_ENABLED.exception(session, List.of());
            }
            String why = reason.get();
            caller.requireFreshProof();
            return change.apply(new HelpDesk(session, realm, caller.id(), why), user);
        });
    }

    /** The same with the reason in the query. */
    Response changed(
            Permission wanted, @Nullable String reason, BiFunction<HelpDesk, UserModel, Map<String, Object>> change) {
        return changed(wanted, () -> PolicyRequest.why(Optional.ofNullable(reason)), change);
    }

    private UserModel user() {
        return Optional.ofNullable(session.users().getUserById(realm, userId))
                .orElseThrow(() -> Problem.NOT_FOUND.exception(session, List.of("there is no such user")));
    }
}
