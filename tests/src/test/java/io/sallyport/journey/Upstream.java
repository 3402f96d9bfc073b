package io.sallyport.journey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A realm of the same server that vouches for its people to other realms. Who has a factor there proves it, and its ID
 * token says so.
 */
record Upstream(MfaRealm realm) {

    private static final String CLIENT = "downstream";
    private static final String SECRET = "downstream-secret";

    static Upstream on(KeycloakServer server) {
        MfaRealm realm = MfaRealm.setUp(server, Map.of(), Rules.NONE);
        realm.addClient(
                CLIENT,
                Map.of(
                        "secret",
                        SECRET,
                        "redirectUris",
                        List.of(server.realm("x").resolve("/*").toString())));
        return new Upstream(realm);
    }

    /** Makes it an identity provider of a realm. */
    void vouchesFor(MfaRealm other, String alias) {
        Map<String, String> config = new HashMap<>();
        config.put("clientId", CLIENT);
        config.put("clientSecret", SECRET);
        config.put("clientAuthMethod", "client_secret_post");
        config.put("issuer", realm.address().toString());
        config.put("authorizationUrl", endpoint("auth"));
        config.put("tokenUrl", endpoint("token"));
        config.put("jwksUrl", endpoint("certs"));
        config.put("useJwksUrl", "true");
        config.put("validateSignature", "true");
        config.put("disableUserInfo", "true");
        config.put("defaultScope", "openid profile email");
        other.admin()
                .post(
                        other.name() + "/identity-provider/instances",
                        Map.of("alias", alias, "providerId", "oidc", "enabled", true, "config", config));
    }

    /** Links one of its people to a user of another realm, as an administrator does. */
    void link(MfaRealm other, String alias, Member here, String userId) {
        other.admin()
                .post(
                        other.name() + "/users/" + userId + "/federated-identity/" + alias,
                        Map.of("identityProvider", alias, "userId", here.id(), "userName", here.username()));
    }

    /** A user of another realm with the name and address of one of its people. */
    static Member twin(MfaRealm other, Member here, List<Map<String, Object>> credentials) {
        Reply created = other.admin()
                .post(
                        other.name() + "/users",
                        Map.of(
                                "username",
                                here.username(),
                                "enabled",
                                true,
                                "email",
                                here.username() + "@example.org",
                                "emailVerified",
                                true,
                                "firstName",
                                "Test",
                                "lastName",
                                "Member",
                                "credentials",
                                credentials));
        return new Member(AdminApi.idOf(created), here.username(), here.secret(), Phone.with(here.secret()));
    }

    /** Somebody without a password in another realm whom it vouches for. */
    Member guest(MfaRealm other, String alias, Member here, List<Map<String, Object>> credentials) {
        Member guest = twin(other, here, credentials);
        link(other, alias, here, guest.id());
        return guest;
    }

    /** As far as its word leads in this browser. */
    Page come(Browser browser, SignIn signIn, Member here) {
        Page page = through(browser, browser.open(signIn.address()))
                .as(LoginPage.class)
                .signIn(here.username(), Member.PASSWORD);
        Page signedIn = page instanceof ChallengePage asked && isHere(asked)
                ? asked.answer(here.phone().nextCode())
                : page;
        return through(browser, signedIn);
    }

    /** On, as long as a realm of this server only sends the browser to another one. */
    Page through(Browser browser, Page page) {
        Page at = page;
        while (at instanceof Arrived arrived
                && arrived.uri().getAuthority().equals(realm.address().getAuthority())) {
            at = browser.open(arrived.uri());
        }
        return at;
    }

    private boolean isHere(ChallengePage asked) {
        return Optional.of(asked.html().action("code").getPath())
                .filter(path -> path.startsWith(realm.address().getPath() + "/"))
                .isPresent();
    }

    private String endpoint(String name) {
        return realm.address() + "/protocol/openid-connect/" + name;
    }
}
