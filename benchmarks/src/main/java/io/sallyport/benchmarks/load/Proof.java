package io.sallyport.benchmarks.load;

import io.sallyport.journey.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Ours: a code by the token of a session that lives already. */
final class Proof implements Side {

    private final String name;
    private final Crowd crowd;
    private final boolean asked;
    private final Map<Integer, String> challenges = new ConcurrentHashMap<>();

    /**
     * A proof.
     *
     * @param asked whether it approves an action
     */
    Proof(String name, Crowd crowd, boolean asked) {
        this.name = name;
        this.crowd = crowd;
        this.asked = asked;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LoadServer server() {
        return crowd.server();
    }

    @Override
    public void prepare() throws Exception {
        if (asked) {
            crowd.eachInTurn(
                    user -> crowd.call(user, "challenge", Map.of("action_type", Crowd.ACTION)),
                    (user, answer) -> challenges.put(
                            user, Json.read(answer).path("challenge_id").asText()));
        }
        crowd.awaitFreshCodes();
    }

    @Override
    public HttpRequest request(int user) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("method", "TOTP", "code", crowd.code(user)));
        if (asked) {
            body.put("challenge_id", String.valueOf(challenges.remove(user)));
        }
        return crowd.call(user, "verify", body);
    }

    /** The new token is the user's from now on: the old one ends with its proof. */
    @Override
    public boolean succeeded(int user, HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            return false;
        }
        crowd.holds(user, Json.read(answer.body()).path("access_token").asText());
        return true;
    }
}
