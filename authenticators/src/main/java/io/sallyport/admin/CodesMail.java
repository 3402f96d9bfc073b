package io.sallyport.admin;

import io.sallyport.factor.email.Mails;
import io.sallyport.factor.email.Post;
import io.sallyport.factor.recovery.RecoveryLinks;
import io.sallyport.json.Problem;
import io.sallyport.provider.DatabaseClock;
import io.sallyport.provider.MailServer;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import io.sallyport.verify.RecoveryLink;
import io.sallyport.verify.RecoveryLinkToken;
import io.sallyport.verify.Throttle;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.urls.UrlType;

/**
 * A link to new recovery codes on its way to whom they are for. What is in it opens a sign-in and nothing more, since what is
 * in a link ends up in logs, histories and previews.
 */
final class CodesMail {

    private final KeycloakSession session;
    private final RealmModel realm;

    CodesMail(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Makes a link, and sends it once it is committed; answers 429 if the user got a mail just now, or enough on this day. */
    RecoveryLinks.Link send(UserModel user) {
        new Throttle(session).queue(realm, user.getId()); // or two at once would both be counted as the first
        refuseTooMany(user);
        Duration life = RealmSettings.of(session, realm).get(Setting.PASS_TTL);
        RecoveryLinks.Link link = new RecoveryLinks(session).issue(realm.getId(), user.getId(), life);
        Map<String, Object> shown = Map.of(
                "link",
                address(user, link),
                "minutes",
                life.plusSeconds(59).toMinutes(),
                "username",
                user.getUsername());
        new Post(
                        session.getKeycloakSessionFactory(),
                        realm.getId(),
                        MailServer.of(realm),
                        user.getId(),
                        Optional.of(user.getEmail()),
                        "RECOVERY_LINK_MAILED",
                        "mfaCodesMail",
                        "mfa-codes.ftl",
                        Map.of("mfa", shown))
                .startAfter(session.getTransactionManager());
        return link;
    }

    private void refuseTooMany(UserModel user) {
        Mails mails = new Mails(session.getProvider(JpaConnectionProvider.class).getEntityManager());
        mails.notBefore(realm.getId(), user.getId()).ifPresent(until -> {
            long wait = Math.max(
                    1, until.getEpochSecond() - DatabaseClock.now(session).getEpochSecond());
            throw Problem.RATE_LIMITED.exception(
                    session,
                    List.of("the user got a mail of this kind already"),
                    Map.of("Retry-After", String.valueOf(wait)));
        });
    }

    /** By the client of Keycloak's own account pages, as Keycloak's own mails have it. */
    private String address(UserModel user, RecoveryLinks.Link link) {
        RecoveryLinkToken token = new RecoveryLinkToken(
                new RecoveryLink(user.getId(), link.id()), link.until(), Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
        var base = session.getContext().getUri(UrlType.FRONTEND);
        return LoginActionsService.actionTokenProcessor(base)
                .queryParam(Constants.KEY, token.serialize(session, realm, base))
                .build(realm.getName())
                .toString();
    }
}
