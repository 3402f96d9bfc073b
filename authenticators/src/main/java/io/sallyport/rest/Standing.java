package io.sallyport.rest;

import io.sallyport.verify.Continued;
import io.sallyport.verify.MfaToken;
import io.sallyport.verify.Place;
import io.sallyport.verify.Resumed;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessToken;

/** How far in a caller is. */
sealed interface Standing {

    /** Where he proves something. */
    Place place(ClientModel client);

    /** The same in another transaction of this request; empty if what it stands on is gone. */
    Optional<Standing> in(KeycloakSession own, ClientModel ownClient, UserModel ownUser);

    /** The call's own id, if it is not among its fields. */
    default Optional<String> externalId() {
        return Optional.empty();
    }

    /** Signed in: he calls by an access token. */
    record Live(UserSessionModel userSession, AccessToken token) implements Standing {

        @Override
        public Place place(ClientModel client) {
            return Place.of(userSession, client);
        }

        @Override
        public Optional<Standing> in(KeycloakSession own, ClientModel ownClient, UserModel ownUser) {
            return Optional.ofNullable(
                            own.sessions().getUserSession(own.getContext().getRealm(), userSession.getId()))
                    .map(known -> new Live(known, token));
        }
    }

    /** He calls by an {@code mfa_token}, which one call spends. */
    sealed interface ByToken extends Standing {

        MfaToken token();
    }

    /**
     * Signing in: there is no session before the token is spent.
     *
     * @param clientNotes what the client's own authentication leaves in the session
     */
    record SigningIn(Resumed resumed, Map<String, String> clientNotes, Optional<String> externalId) implements ByToken {

        @Override
        public Place place(ClientModel client) {
            return resumed.place();
        }

        @Override
        public Optional<Standing> in(KeycloakSession own, ClientModel ownClient, UserModel ownUser) {
            return Optional.of(
                    new SigningIn(Resumed.aside(own, ownClient, ownUser, resumed.token()), clientNotes, externalId));
        }

        @Override
        public MfaToken token() {
            return resumed.token();
        }

        /** The id that the session will have. */
        String rootId() {
            return resumed.signIn().getParentSession().getId();
        }
    }

    /** Signed in, but without a factor to prove: he may get one, and nothing else. */
    record Recovering(Continued continued, Optional<String> externalId) implements ByToken {

        @Override
        public Place place(ClientModel client) {
            return continued.place();
        }

        @Override
        public Optional<Standing> in(KeycloakSession own, ClientModel ownClient, UserModel ownUser) {
            return Continued.of(own, own.getContext().getRealm(), ownClient, ownUser, continued.token())
                    .map(known -> new Recovering(known, externalId));
        }

        @Override
        public MfaToken token() {
            return continued.token();
        }
    }
}
