package io.sallyport.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.journey.AdminApi;
import io.sallyport.journey.Form;
import io.sallyport.journey.Json;
import io.sallyport.journey.OidcClient;
import io.sallyport.journey.Phone;
import io.sallyport.journey.Tokens;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jboss.aerogear.security.otp.api.Base32;

/** A realm of people who have a password and an authenticator app; brute force is detected, events are stored. */
final class Crowd {

    static final String ACTION = "export_all_data";

    private static final String REALM = "load";
    private static final String CLIENT = "erp";
    private static final String WEB = "web";
    private static final String WEB_SECRET = "web-secret";
    private static final URI CALLBACK = URI.create("http://localhost:1/callback");
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final String PASSWORD = "correct horse";

    private final LoadServer server;
    private final boolean app;
    private final List<Phone> phones = new ArrayList<>();
    private final List<String> tokens;
    private long fresh = System.nanoTime();

    private Crowd(LoadServer server, int size, boolean app) {
        this.server = server;
        this.app = app;
        this.tokens = new ArrayList<>(Collections.nCopies(size, ""));
    }

    /** A crowd of stock Keycloak. */
    static Crowd of(LoadServer server, int size, String passwords) {
        return of(server, size, passwords, true);
    }

    /** The same of people who have nothing but a password. */
    static Crowd plain(LoadServer server, int size, String passwords) {
        return of(server, size, passwords, false);
    }

    private static Crowd of(LoadServer server, int size, String passwords, boolean app) {
        Crowd crowd = new Crowd(server, size, app);
        AdminApi admin = server.keycloak().admin();
        admin.post(
                "",
                Map.of(
                        "realm",
                        REALM,
                        "enabled",
                        true,
                        "eventsEnabled",
                        true,
                        "bruteForceProtected",
                        true,
                        "passwordPolicy",
                        passwords,
                        "ssoSessionIdleTimeout",
                        36_000,
                        "accessTokenLifespan",
                        3_600));
        admin.post(
                REALM + "/clients",
                Map.of("clientId", CLIENT, "publicClient", true, "directAccessGrantsEnabled", true));
        admin.post(REALM + "/clients", web());
        for (int user = 0; user < size; user++) {
            crowd.add(admin, user);
        }
        return crowd;
    }

    /** An application with a back end, which may ask about its own tokens. */
    private static Map<String, Object> web() {
        return Map.of(
                "clientId",
                WEB,
                "secret",
                WEB_SECRET,
                "redirectUris",
                List.of(CALLBACK.toString()),
                "protocolMappers",
                List.of(Map.of(
                        "name",
                        "audience",
                        "protocol",
                        "openid-connect",
                        "protocolMapper",
                        "oidc-audience-mapper",
                        "config",
                        Map.of("included.client.audience", WEB, "access.token.claim", "true"))));
    }

    /** A crowd that MFA is required of, signed in. */
    static Crowd ofOurs(LoadServer server, int size, String passwords) throws Exception {
        return ofOurs(server, size, passwords, Map.of());
    }

    /** With more settings. */
    static Crowd ofOurs(LoadServer server, int size, String passwords, Map<String, String> settings) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.put("mfa.methods", "TOTP");
        all.put("mfa.claim.ttl", "3600");
        Crowd crowd = of(server, size, passwords);
        setUp(server, all, Map.of("name", "everybody", "required", true));
        AdminApi admin = server.keycloak().admin();
        String client = admin.get(REALM + "/clients?clientId=" + CLIENT)
                .path(0)
                .path("id")
                .asText();
        for (JsonNode scope : admin.get(REALM + "/client-scopes")) {
            if (scope.path("name").asText().equals("mfa")) {
                admin.put(
                        REALM + "/clients/" + client + "/optional-client-scopes/"
                                + scope.path("id").asText(),
                        Map.of());
            }
        }
        crowd.eachInTurn(
                user -> crowd.directGrant(user, "mfa"),
                (user, answer) ->
                        crowd.holds(user, Json.read(answer).path("access_token").asText()));
        crowd.spendCodes();
        return crowd;
    }

    /** People who have nothing but a password, in a realm that has MFA and asks nobody of them for it. */
    static Crowd plainOfOurs(LoadServer server, int size, String passwords) {
        Crowd crowd = plain(server, size, passwords);
        setUp(
                server,
                Map.of("mfa.methods", "TOTP"),
                Map.of("name", "nobody", "required", true, "when", Map.of("roles", List.of("treasurer"))));
        return crowd;
    }

    private static void setUp(LoadServer server, Map<String, String> settings, Map<String, Object> rule) {
        server.keycloak()
                .admin()
                .post(
                        REALM + "/mfa/setup",
                        Map.of(
                                "reason",
                                "a measurement",
                                "settings",
                                settings,
                                "policy",
                                Map.of(
                                        "rules",
                                        List.of(rule),
                                        "actions",
                                        List.of(Map.of(
                                                "type", ACTION, "description", "Export all", "fields", List.of())))));
    }

    /** Other settings from now on; an empty text is the default. */
    void change(Map<String, String> settings) {
        server.keycloak().admin().put(REALM + "/mfa/settings", Map.of("reason", "a measurement", "settings", settings));
    }

    private void add(AdminApi admin, int user) {
        String secret = Base32.random();
        phones.add(Phone.with(secret));
        admin.post(
                REALM + "/users",
                Map.of(
                        "username",
                        "user" + user,
                        "enabled",
                        true,
                        "email",
                        "user" + user + "@example.org",
                        "emailVerified",
                        true,
                        "firstName",
                        "Test",
                        "lastName",
                        "User",
                        "credentials",
                        app ? List.of(password(), totp(secret)) : List.of(password())));
    }

    private static Map<String, Object> password() {
        return Map.of("type", "password", "value", PASSWORD);
    }

    private static Map<String, Object> totp(String secret) {
        Map<String, Object> kind = Map.of(
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
                "BASE32");
        return Map.of(
                "type",
                "otp",
                "userLabel",
                "phone",
                "secretData",
                Json.write(Map.of("value", secret)),
                "credentialData",
                Json.write(kind));
    }

    LoadServer server() {
        return server;
    }

    String code(int user) {
        Phone phone = phones.get(user);
        return phone.codeAt(phone.currentStep());
    }

    /** A code is good once: each user's turn comes a time step after the last one, or later. */
    void awaitFreshCodes() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(fresh - System.nanoTime());
        spendCodes();
    }

    private void spendCodes() {
        fresh = System.nanoTime() + STEP.toNanos();
    }

    synchronized void holds(int user, String token) {
        tokens.set(user, token);
    }

    private synchronized String token(int user) {
        return tokens.get(user);
    }

    HttpRequest directGrant(int user, String scope) {
        Map<String, String> form = new LinkedHashMap<>(Map.of(
                "grant_type",
                "password",
                "client_id",
                CLIENT,
                "username",
                "user" + user,
                "password",
                PASSWORD,
                "totp",
                code(user)));
        if (!scope.isEmpty()) {
            form.put("scope", scope);
        }
        return HttpRequest.newBuilder(URI.create(address() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Form.encode(form)))
                .build();
    }

    HttpRequest call(int user, String name, Map<String, Object> body) {
        return HttpRequest.newBuilder(URI.create(address() + "/v1/auth/mfa/" + name))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token(user))
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build();
    }

    /** Somebody in front of the application's sign-in. */
    WebSignIn open() {
        return new WebSignIn(new OidcClient(address(), WEB, Optional.of(WEB_SECRET), CALLBACK));
    }

    /** All that this user has to type. */
    Tokens signIn(int user) {
        WebSignIn page = open();
        password(page, user);
        code(page, user);
        return page.tokens();
    }

    void password(WebSignIn page, int user) {
        page.password("user" + user, PASSWORD);
    }

    /** Nothing to type for whoever has nothing but a password. */
    void code(WebSignIn page, int user) {
        if (app) {
            page.code(code(user));
        }
    }

    private URI address() {
        return server.keycloak().realm(REALM);
    }

    /** One request after the other, each of which must succeed. */
    void eachInTurn(IntFunction<HttpRequest> request, BiConsumer<Integer, String> answered) throws Exception {
        for (int user = 0; user < phones.size(); user++) {
            HttpResponse<String> answer =
                    OpenLoop.CLIENT.send(request.apply(user), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            answered.accept(user, answer.body());
        }
    }
}
