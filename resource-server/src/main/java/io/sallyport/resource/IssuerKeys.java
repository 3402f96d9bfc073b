package io.sallyport.resource;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Resource;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The public keys of the issuer, kept for minutes, asked for again when a token names one that is not among them. */
final class IssuerKeys {

    private static final Duration KEPT = Duration.ofMinutes(5);
    /** So that made-up key ids can't turn every request into one to the issuer. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(30);

    private final BackChannel channel;

    IssuerKeys(BackChannel channel) {
        this.channel = channel;
    }

    JWKSource<SecurityContext> at(URI address) {
        try {
            return JWKSourceBuilder.<SecurityContext>create(address.toURL(), this::read)
                    .cache(KEPT.toMillis(), Duration.ofSeconds(15).toMillis())
                    .refreshAheadCache(false)
                    .rateLimited(BETWEEN_REQUESTS.toMillis())
                    .build();
        } catch (MalformedURLException bad) {
            throw new IllegalArgumentException("no address of keys: " + address, bad);
        }
    }

    private Resource read(URL address) throws IOException {
        HttpResponse<String> answer = channel.send(HttpRequest.newBuilder(URI.create(address.toString()))
                .header("Accept", "application/json")
                .build());
        if (answer.statusCode() != 200) {
            throw new IOException("status " + answer.statusCode());
        }
        return new Resource(answer.body(), "application/json");
    }
}
