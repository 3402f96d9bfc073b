package io.sallyport.verify;

import io.sallyport.event.MfaEvent;
import io.sallyport.policy.Policy;
import io.sallyport.policy.SignInFacts;
import io.sallyport.provider.ClientAddress;
import io.sallyport.provider.KeycloakClock;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Which rule goes for what happened before anybody had asked the policy: an answer is counted before anything else. */
record Undecided(KeycloakSession in, RealmModel realm) {

    private static final Logger LOG = Logger.getLogger(Undecided.class);
    private static final String PROVIDER = "sallyport.undecided.provider";

    /** Without a rule if it can't be told: what happened is recorded all the same. */
    MfaEvent on(MfaEvent event) {
        try {
            return event.userId()
                    .flatMap(id -> Optional.ofNullable(in.users().getUserById(realm, id)))
                    .map(user -> now(user, event.clientId().orElse("")).on(event))
                    .orElse(event);
        } catch (RuntimeException untold) {
            LOG.warnf(untold, "Which rule of realm %s %s goes by can't be told", realm.getId(), event.type());
            return event;
        }
    }

    /** A transaction of its own has no session of anybody: how he came is told to it. */
    static void carry(KeycloakSession from, KeycloakSession to) {
        provider(from).ifPresent(alias -> to.setAttribute(PROVIDER, alias));
    }

    private Ruling now(UserModel user, String clientId) {
        SignInFacts facts = Facts.of(
                in,
                realm,
                user,
                new Circumstances(
                        clientId, ClientAddress.of(in, realm), provider(in), Optional.empty(), KeycloakClock.now()));
        Ruling ruling = Ruling.of(Policy.decide(in, realm, facts), facts);
        ruling.leaveIn(in, user.getId()); // for the next row of this transaction
        return ruling;
    }

    private static Optional<String> provider(KeycloakSession session) {
        Optional<KeycloakContext> context = Optional.ofNullable(session.getContext());
        return Optional.ofNullable(session.getAttribute(PROVIDER, String.class))
                .or(() -> context.map(KeycloakContext::getAuthenticationSession)
                        .map(signIn -> signIn.getUserSessionNotes().get(Details.IDENTITY_PROVIDER)))
                .or(() -> context.map(KeycloakContext::getUserSession)
                        .flatMap(Upstream::of)
                        .map(Upstream::provider));
    }
}
