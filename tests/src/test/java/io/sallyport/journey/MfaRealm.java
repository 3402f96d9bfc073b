package io.sallyport.journey;

import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.aerogear.security.otp.api.Base32;

/** A fresh realm with a web application, a back end and whatever members a journey needs. */
final class MfaRealm {

    static final URI CALLBACK = URI.create("http://localhost:1/callback");
    static final String SECRET = "backend-secret";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeycloakServer server;
    private final AdminApi admin;
    private final String name;

    private MfaRealm(KeycloakServer server, String name) {
        this.server = server;
        this.admin = server.admin();
        this.name = name;
    }

    /** The same realm on another node. */
    MfaRealm on(KeycloakServer node) {
        return new MfaRealm(node, name);
    }

    /** With MFA set up and required of everybody. */
    static MfaRealm strict(KeycloakServer server) {
        return setUp(server, Map.of(), Rules.FOR_ALL);
    }

    /** With MFA set up by these settings and this policy. */
    static MfaRealm setUp(KeycloakServer server, Map<String, String> settings, Map<String, Object> policy) {
        MfaRealm realm = stock(server);
        realm.setUp(settings, policy).expect(200);
        return realm;
    }

    /** Without set-up: as if the JAR were not there. */
    static MfaRealm stock(KeycloakServer server) {
        MfaRealm realm = new MfaRealm(server, "r" + UUID.randomUUID().toString().substring(0, 8));
        realm.admin.post("", Map.of("realm", realm.name, "enabled", true, "eventsEnabled", true));
        realm.addClient("web", Map.of("publicClient", true, "implicitFlowEnabled", true));
        realm.addClient("shop", Map.of("publicClient", true));
        realm.addClient(
                "backend",
                Map.of(
                        "secret",
                        SECRET,
                        "serviceAccountsEnabled",
                        true,
                        "protocolMappers",
                        List.of(audience("backend")),
                        "attributes",
                        Map.of(
                                "standard.token.exchange.enabled",
                                "true",
                                "oauth2.device.authorization.grant.enabled",
                                "true")));
        return realm;
    }

    /** Keycloak introspects a token only for a client in its audience, also for the client that it was made for. */
    static Map<String, Object> audience(String clientId) {
        return Map.of(
                "name",
                "audience",
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-audience-mapper",
                "config",
                Map.of(
                        "included.client.audience", clientId,
                        "access.token.claim", "true",
                        "introspection.token.claim", "true"));
    }

    /** With authenticator apps as the only method, unless the settings say otherwise: so nobody has to choose. */
    Reply setUp(Map<String, String> settings, Map<String, Object> policy) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("mfa.methods", "TOTP");
        return setUp(Json.write(Map.of("reason", "a journey", "settings", all, "policy", policy)));
    }

    Reply setUp(String body) {
        return admin.send("POST", name + "/mfa/setup", body);
    }

    String name() {
        return name;
    }

    KeycloakServer server() {
        return server;
    }

    AdminApi admin() {
        return admin;
    }

    Audit audit() {
        return new Audit(admin, name);
    }

    URI address() {
        return server.realm(name);
    }

    /** Changes what the realm's own representation says. */
    void change(Map<String, Object> properties) {
        admin.put(name, properties);
    }

    /** Sends the realm's mail to this mailbox. */
    MfaRealm mailsTo(Mailbox mailbox) {
        change(Map.of(
                "smtpServer",
                Map.of("host", "localhost", "port", String.valueOf(mailbox.port()), "from", "sso@example.org")));
        return this;
    }

    /** Changes what one user's representation says; what is not named stays, but for attributes. */
    void changeUser(Member member, Map<String, Object> properties) {
        String path = name + "/users/" + member.id();
        Map<String, Object> user = new LinkedHashMap<>();
        admin.get(path).properties().forEach(field -> user.put(field.getKey(), field.getValue()));
        user.putAll(properties);
        admin.put(path, user);
    }

    /** Types of the user's stored credentials. */
    List<String> credentials(Member member) {
        return admin.get(name + "/users/" + member.id() + "/credentials").findValuesAsText("type");
    }

    /** The public web application. */
    OidcClient web() {
        return new OidcClient(address(), "web", Optional.empty(), CALLBACK);
    }

    /** Another public web application. */
    OidcClient shop() {
        return new OidcClient(address(), "shop", Optional.empty(), CALLBACK);
    }

    /** The confidential back end. */
    OidcClient backend() {
        return new OidcClient(address(), "backend", Optional.of(SECRET), CALLBACK);
    }

    /** Somebody with a password and no second factor. */
    Member newcomer() {
        return member(List.of());
    }

    /** Somebody with a password and TOTP, as an administrator or an import makes them: Keycloak's own credential. */
    Member enrolled() {
        String secret = Base32.encode(randomBytes());
        return member(secret, List.of(stockTotp(secret)));
    }

    /** Somebody with a password, TOTP and this key. */
    Member enrolledWith(SecurityKey key) {
        String secret = Base32.encode(randomBytes());
        return member(secret, List.of(stockTotp(secret), key.asStored("webauthn", 0)));
    }

    /** Somebody with two authenticator apps; the member's own phone holds the first secret, this phone the second. */
    Member enrolledWith(String secondSecret) {
        String secret = Base32.encode(randomBytes());
        return member(secret, List.of(stockTotp(secret), stockTotp(secondSecret, "second phone")));
    }

    /** Somebody with a password and these credentials, as an administrator or an import makes them. */
    Member member(List<Map<String, Object>> more) {
        return member(Base32.encode(randomBytes()), more);
    }

    private Member member(String secret, List<Map<String, Object>> more) {
        String username = "u" + UUID.randomUUID().toString().substring(0, 8);
        List<Map<String, Object>> credentials = new ArrayList<>(more);
        credentials.add(Map.of("type", "password", "value", Member.PASSWORD));
        Reply created = admin.post(
                name + "/users",
                Map.of(
                        "username",
                        username,
                        "enabled",
                        true,
                        "email",
                        username + "@example.org",
                        "emailVerified",
                        true,
                        "firstName",
                        "Test",
                        "lastName",
                        "Member",
                        "credentials",
                        credentials));
        return new Member(AdminApi.idOf(created), username, secret, Phone.with(secret));
    }

    /** As Keycloak itself writes it down. */
    static Map<String, Object> stockTotp(String secret) {
        return stockTotp(secret, "phone");
    }

    private static Map<String, Object> stockTotp(String secret, String label) {
        return Map.of(
                "type",
                "otp",
                "userLabel",
                label,
                "secretData",
                Json.write(Map.of("value", secret)),
                "credentialData",
                Json.write(Map.of(
                        "subType",
                        "totp",
                        "digits",
                        6,
                        "counter",
                        0,
                        "period",
                        30,
                        "algorithm",
                        "HmacSHA1",
                        "secretEncoding",
                        "BASE32")));
    }

    private static byte[] randomBytes() {
        byte[] bytes = new byte[20];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Adds a client; its id. */
    String addClient(String clientId, Map<String, Object> more) {
        Map<String, Object> client = new LinkedHashMap<>();
        client.put("clientId", clientId);
        client.put("directAccessGrantsEnabled", true);
        client.put("redirectUris", List.of(CALLBACK.toString()));
        client.putAll(more);
        return AdminApi.idOf(admin.post(name + "/clients", client));
    }

    /** As far as the password alone leads in this browser. */
    Page password(Browser browser, SignIn signIn, Member member) {
        return browser.open(signIn.address()).as(LoginPage.class).signIn(member.username(), Member.PASSWORD);
    }

    /** A complete sign-in to the web application in this browser. */
    Tokens signIn(Browser browser, Member member) {
        SignIn signIn = web().signIn();
        ChallengePage challenge = password(browser, signIn, member).as(ChallengePage.class);
        return signIn.redeem(challenge.answer(member.phone().nextCode())).tokens();
    }
}
