package io.sallyport.audit.sink;

import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.provider.KeycloakClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;

/** Posts an event to one address, signed; what the address answers beyond its status is nobody's business. */
final class WebhookRoute implements MfaEventSink.Route {

    private static final ContentType CLOUD_EVENT =
            ContentType.create("application/cloudevents+json", StandardCharsets.UTF_8);

    /** About the event, not about the moment: it would be answered so again. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 410, 413, 415, 422);

    private final WebhookClient client;
    private final Optional<URI> target;
    private final Signature signature;

    /** @param target of the realm now; absent if it has none any more */
    WebhookRoute(WebhookClient client, Optional<URI> target, Signature signature) {
        this.client = client;
        this.target = target;
        this.signature = signature;
    }

    @Override
    public String target() {
        return target.map(URI::toString).orElse("");
    }

    @Override
    public Delivery send(CloudEvent event) {
        return target.map(address -> post(event, address))
                .orElseGet(() -> Delivery.refused("the realm has no such target any more"));
    }

    /** One with a name is the target that the event takes away. */
    @Override
    public Delivery send(CloudEvent event, String addressee) {
        return addressee.isEmpty() ? send(event) : post(event, URI.create(addressee));
    }

    private Delivery post(CloudEvent event, URI address) {
        Instant now = KeycloakClock.now();
        HttpPost post = new HttpPost(address);
        post.setHeader("webhook-id", event.id());
        post.setHeader("webhook-timestamp", String.valueOf(now.getEpochSecond()));
        post.setHeader("webhook-signature", signature.of(event.id(), now, event.json()));
        post.setEntity(new StringEntity(event.json(), CLOUD_EVENT));
        try {
            return delivery(client.post(post));
        } catch (WebhookClient.ForbiddenTarget forbidden) {
            return Delivery.tryAgain(String.valueOf(forbidden.getMessage()));
        } catch (IOException noAnswer) {
            return Delivery.tryAgain("no answer: " + noAnswer.getClass().getSimpleName());
        }
    }

    private static Delivery delivery(WebhookClient.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return Delivery.accepted();
        }
        String reason = "HTTP status " + status;
        if (FOR_GOOD.contains(status)) {
            return Delivery.refused(reason);
        }
        return wait(answer).map(after -> Delivery.tryAgain(reason, after)).orElseGet(() -> Delivery.tryAgain(reason));
    }

    private static Optional<Duration> wait(WebhookClient.Answer answer) {
        return answer.retryAfter()
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(Long::parseLong)
                .map(Duration::ofSeconds);
    }
}
