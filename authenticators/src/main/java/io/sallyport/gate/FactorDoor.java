package io.sallyport.gate;

import io.sallyport.factor.CredentialTypes;
import io.sallyport.factor.KnownKeys;
import io.sallyport.factor.Label;
import io.sallyport.verify.Denied;
import io.sallyport.verify.RemovalGuard;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponseException;

/** Where stored factors come, leave or change: answers for the guard, with a rollback, to whoever asked Keycloak. */
final class FactorDoor {

    private final KeycloakSession session;

    FactorDoor(KeycloakSession session) {
        this.session = session;
    }

    /** Lets in what was just stored, and knows it from then on, also before MFA is set up. */
    CredentialModel stored(RealmModel realm, String userId, CredentialModel created) {
        new KnownKeys(session).stored(realm, userId, created);
        return created;
    }

    /** Removes past the guard; a credential that is no factor is not its business. */
    boolean remove(RealmModel realm, UserModel user, @Nullable CredentialModel stored, BooleanSupplier removal) {
        RemovalGuard guard = new RemovalGuard(session, realm);
        if (stored == null || !guard.concerns(stored)) {
            return removal.getAsBoolean();
        }
        refuse(realm, user, guard.refusesRemoval(user, stored.getId()));
        boolean removed = guard.beforeRemoval(user, stored.getId()) && removal.getAsBoolean();
        if (removed) {
            guard.removed(user, stored);
        }
        return removed;
    }

    /** Throws unless the factor may be called as in the changed one; its secret changes at every use. */
    void mayChange(RealmModel realm, UserModel user, @Nullable CredentialModel stored, CredentialModel changed) {
        RemovalGuard guard = new RemovalGuard(session, realm);
        if (stored != null
                && !Objects.equals(stored.getUserLabel(), changed.getUserLabel())
                && guard.concerns(stored)) {
            refuse(realm, user, guard.refusesChange(user));
            refuse(new Label(session, realm, user)
                    .problemWith(
                            CredentialTypes.method(stored.getType()).orElseThrow(),
                            stored.getId(),
                            Objects.requireNonNullElse(changed.getUserLabel(), "")));
        }
    }

    /** As at the enrollment, where the name came from a page or from our REST. */
    private static void refuse(Optional<String> label) {
        label.ifPresent(problem -> {
            throw problem.equals(Label.TAKEN)
                    ? new ErrorResponseException(
                            "label_taken", "Another factor has this label", Response.Status.CONFLICT)
                    : new ErrorResponseException(
                            "invalid_label",
                            "A label has at most 64 characters, and some that can be seen",
                            Response.Status.BAD_REQUEST);
        });
    }

    private void refuse(RealmModel realm, UserModel user, Optional<RemovalGuard.Refusal> refusal) {
        refusal.ifPresent(why -> {
            String reason = why == RemovalGuard.Refusal.LAST_FACTOR ? Denied.LAST_FACTOR : Denied.UNPROVED;
            throw Denied.within(session, realm, user, reason).record(session).answer(session, () -> answer(why));
        });
    }

    private static WebApplicationException answer(RemovalGuard.Refusal why) {
        return switch (why) {
            case PROOF_NEEDED ->
                new ErrorResponseException(
                        "mfa_required", "A fresh proof of a second factor is required", Response.Status.FORBIDDEN);
            case LAST_FACTOR ->
                new ErrorResponseException(
                        "last_factor",
                        "The last factor can't be removed while MFA is required",
                        Response.Status.CONFLICT);
        };
    }
}
