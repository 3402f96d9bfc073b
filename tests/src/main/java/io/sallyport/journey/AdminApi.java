package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Keycloak's administration over REST, as the administrator of the master realm. */
public final class AdminApi {

    // Tokens of admin-cli live a minute.
    private static final Duration TOKEN_AGE = Duration.ofSeconds(40);

    private final URI server;
    private final OidcClient cli;
    private final String password;
    private final Clock clock = Clock.systemUTC();
    private String token = "";
    private Instant since = Instant.EPOCH;

    public AdminApi(URI server, String password) {
        this.server = server;
        this.password = password;
        this.cli = new OidcClient(server.resolve("/realms/master"), "admin-cli", Optional.empty(), server);
    }

    /** {@code GET /admin/realms/<path>}. */
    public JsonNode get(String path) {
        return tryGet(path).expect(200).json();
    }

    /** The same, whatever the answer. */
    public Reply tryGet(String path) {
        return Http.get(address(path), bearer());
    }

    /** {@code GET /admin/serverinfo}: what the server knows of itself, its providers among it. */
    public JsonNode serverInfo() {
        return Http.get(server.resolve("/admin/serverinfo"), bearer())
                .expect(200)
                .json();
    }

    /** {@code POST} of a tree; any success is fine. */
    public Reply post(String path, Object body) {
        return send("POST", path, Json.write(body)).expect(200, 201, 204);
    }

    /** {@code PUT} of a tree; any success is fine. */
    public Reply put(String path, Object body) {
        return send("PUT", path, Json.write(body)).expect(200, 201, 202, 204);
    }

    /** {@code DELETE}, whatever the answer. */
    public Reply delete(String path) {
        return Http.delete(address(path), bearer());
    }

    /** Any method with any text as JSON, whatever the answer. */
    public Reply send(String method, String path, String body) {
        return Http.sendJson(method, address(path), body, bearer());
    }

    /** The id that the server gave to what was created at this reply's location. */
    public static String idOf(Reply created) {
        String location = created.location().orElseThrow().getPath();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private URI address(String path) {
        return server.resolve("/admin/realms" + (path.isEmpty() ? "" : "/" + path));
    }

    /** The header that an administrator's calls have. */
    public Map<String, String> authorization() {
        return bearer();
    }

    private synchronized Map<String, String> bearer() {
        Instant now = clock.instant();
        if (now.isAfter(since.plus(TOKEN_AGE))) {
            token = cli.password("admin", password).tokens().access();
            since = now;
        }
        return Map.of("Authorization", "Bearer " + token);
    }
}
