package io.sallyport.verify;

import jakarta.enterprise.context.ContextNotActiveException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Who changes something about a user, told by what the request has authenticated and by nothing that it says. */
public sealed interface Actor {

    /** One case each. */
    <T> T match(Function<Self, T> self, Function<Administrator, T> administrator, Supplier<T> server);

    /** The id of an administrator; absent for the user himself and the server. */
    default Optional<String> administratorId() {
        return match(self -> Optional.empty(), administrator -> Optional.of(administrator.id()), Optional::empty);
    }

    /** The user himself, or a request that authenticated nobody: then there is no visit, and he can prove nothing. */
    record Self(Optional<Visit> visit) implements Actor {
        @Override
        public <T> T match(Function<Self, T> self, Function<Administrator, T> administrator, Supplier<T> server) {
            return self.apply(this);
        }
    }

    /** Somebody else, whom Keycloak's administration let through. */
    record Administrator(String id) implements Actor {
        @Override
        public <T> T match(Function<Self, T> self, Function<Administrator, T> administrator, Supplier<T> server) {
            return administrator.apply(this);
        }
    }

    /** The server by itself, outside of any request: an import, a timer. */
    record Server() implements Actor {
        @Override
        public <T> T match(Function<Self, T> self, Function<Administrator, T> administrator, Supplier<T> server) {
            return server.get();
        }
    }

    /** Who acts on this user in the session's request. */
    static Actor on(KeycloakSession session, UserModel user) {
        KeycloakContext context = session.getContext();
        Optional<AuthenticationSessionModel> signIn = Optional.ofNullable(context.getAuthenticationSession());
        if (signIn.isPresent()) {
            return new Self(signIn.filter(found -> isHe(found.getAuthenticatedUser(), user))
                    .map(found -> Visit.of(session, found, user)));
        }
        Optional<Continued> continued = Continued.in(session);
        if (continued.isPresent()) {
            return new Self(continued
                    .filter(found -> isHe(found.userSession().getUser(), user))
                    .map(Continued::visit));
        }
        if (context.getBearerToken() == null) {
            return inRequest(context) ? new Self(Optional.empty()) : new Server();
        }
        Optional<UserSessionModel> caller = Optional.ofNullable(context.getUserSession());
        return caller.filter(found -> !isHe(found.getUser(), user))
                .<Actor>map(found -> new Administrator(found.getUser().getId()))
                .orElseGet(() -> new Self(caller.flatMap(found -> visit(context, found))));
    }

    private static Optional<Visit> visit(KeycloakContext context, UserSessionModel caller) {
        Optional<ClientModel> client = Optional.ofNullable(context.getClient());
        return client.map(known -> Visit.of(caller, known, false));
    }

    private static boolean isHe(UserModel found, UserModel user) {
        return found != null && found.getId().equals(user.getId());
    }

    private static boolean inRequest(KeycloakContext context) {
        try {
            return context.getHttpRequest() != null && context.getHttpRequest().getHttpHeaders() != null;
        } catch (ContextNotActiveException outsideOfARequest) {
            return false;
        }
    }
}
