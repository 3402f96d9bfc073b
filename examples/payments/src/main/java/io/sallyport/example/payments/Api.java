package io.sallyport.example.payments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The desk's way to the paying endpoint: over HTTP, with its user's token, as from any other client. */
final class Api {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    Api(URI address) {
        this.address = address;
    }

    /** What people read about it. */
    Notice pay(PaymentRun run, String accessToken) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/api/runs/" + run.id()))
                .header("Authorization", "Bearer " + accessToken)
                .POST(BodyPublishers.noBody())
                .build();
        try {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            return status == 204
                    ? Notice.good("Payment run " + run.id() + " was approved and released.")
                    : Notice.bad(
                            "Payment run " + run.id() + " was refused (" + status + "): it needs a fresh approval.");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }
}
