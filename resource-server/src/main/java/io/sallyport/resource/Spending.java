package io.sallyport.resource;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.util.Locale;
import java.util.Map;

/** Spends an approval at the server, which alone knows whether that has been done before. */
final class Spending {

    private final BackChannel channel;
    private final URI authorize;

    Spending(BackChannel channel, URI authorize) {
        this.channel = channel;
        this.authorize = authorize;
    }

    /** Returns only if the server said yes to exactly this approval. */
    void spend(AccessToken token, Transaction transaction, String correlationId) throws NotApproved {
        HttpResponse<String> answer = ask(token, transaction, correlationId);
        switch (answer.statusCode()) {
            case 200 -> requireYes(answer, transaction.approvalId());
            case 401 -> throw NotApproved.unauthenticated("the server does not take the token any more");
            case 400, 403, 404, 409, 410 -> throw NotApproved.mfaRequired("authorize: " + answer.statusCode());
            default -> throw NotApproved.unavailable("authorize: " + answer.statusCode());
        }
    }

    private HttpResponse<String> ask(AccessToken token, Transaction transaction, String correlationId)
            throws NotApproved {
        try {
            return channel.send(HttpRequest.newBuilder(authorize)
                    .header("Authorization", "Bearer " + token.text())
                    .header("Content-Type", "application/json")
                    .header("Accept", "application/json")
                    .header("X-Correlation-Id", correlationId)
                    .POST(BodyPublishers.ofByteArray(transaction.request()))
                    .build());
        } catch (IOException unanswered) {
            throw NotApproved.unavailable("authorize: " + unanswered.getMessage());
        }
    }

    private static void requireYes(HttpResponse<String> answer, String approvalId) throws NotApproved {
        Map<String, Object> said = parse(answer);
        if (!Boolean.TRUE.equals(said.get("authorized"))) {
            throw NotApproved.mfaRequired("authorize: 200 without a yes");
        }
        if (!approvalId.equals(said.get("approval_id"))) {
            throw NotApproved.unavailable("authorize: a yes to another approval");
        }
    }

    private static Map<String, Object> parse(HttpResponse<String> answer) throws NotApproved {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).matches("application/json *(;.*)?")) {
            throw NotApproved.unavailable("authorize: 200 with something that is not JSON");
        }
        try {
            return JSONObjectUtils.parse(answer.body());
        } catch (ParseException odd) {
            throw NotApproved.unavailable("authorize: 200 with odd JSON");
        }
    }
}
