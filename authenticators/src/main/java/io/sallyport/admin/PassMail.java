package io.sallyport.admin;

import io.sallyport.factor.email.Post;
import io.sallyport.factor.pass.Passes;
import io.sallyport.form.Actions;
import io.sallyport.json.InvalidRequest;
import io.sallyport.provider.MailServer;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/**
 * A pass on its way to its owner: the code to type, and a link to the enrollment that has nothing secret in it, since what
 * is in a link ends up in logs, histories and previews. It goes to the address that was verified when it was issued.
 */
final class PassMail {

    private final KeycloakSession session;
    private final RealmModel realm;

    PassMail(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Whether there is a way to send it. */
    boolean reaches(UserModel user) {
        return Post.reaches(realm, user) && user.isEmailVerified();
    }

    /** Throws if there is none. */
    void check(UserModel user) {
        if (!reaches(user)) {
            throw new InvalidRequest(List.of("the user has no verified address, or the realm no mail server"));
        }
    }

    /** Sends it once it is committed. */
    void send(UserModel user, Passes.Issued issued) {
        Map<String, Object> shown = Map.of(
                "pass", issued.code().grouped(),
                "link", link(),
                "minutes",
                        RealmSettings.of(session, realm)
                                .get(Setting.PASS_TTL)
                                .plusSeconds(59)
                                .toMinutes(),
                "username", user.getUsername());
        new Post(
                        session.getKeycloakSessionFactory(),
                        realm.getId(),
                        MailServer.of(realm),
                        user.getId(),
                        Optional.of(user.getEmail()),
                        "PASS_MAILED",
                        "mfaPassMail",
                        "mfa-pass.ftl",
                        Map.of("mfa", shown))
                .startAfter(session.getTransactionManager());
    }

    /** By the client of Keycloak's own account pages that needs no PKCE, which a link can't have. */
    private String link() {
        var base = session.getContext().getUri(UrlType.FRONTEND);
        return OIDCLoginProtocolService.authUrl(base)
                .queryParam("client_id", Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)
                .queryParam("redirect_uri", "{account}")
                .queryParam("response_type", "code")
                .queryParam("scope", "openid")
                .queryParam(Constants.KC_ACTION, Actions.ENROLL)
                .build(realm.getName(), Urls.accountBase(base.getBaseUri()).build(realm.getName()) + "/")
                .toString();
    }
}
