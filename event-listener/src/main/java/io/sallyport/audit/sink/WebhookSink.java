package io.sallyport.audit.sink;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.provider.EventsSetting;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Settings;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Each event to an address that the realm named, as far as the operator lets it. */
final class WebhookSink implements MfaEventSink {

    private final KeycloakSession session;
    private final WebhookClient client;
    private final Optional<Signature> signature;

    WebhookSink(KeycloakSession session, WebhookClient client, Optional<Signature> signature) {
        this.session = session;
        this.client = client;
        this.signature = signature;
    }

    @Override
    public boolean wants(RealmModel realm, MfaEventType type, Map<String, String> details) {
        return target(realm).isPresent();
    }

    @Override
    public Optional<Route> route(RealmModel realm) {
        return target(realm)
                .map(target -> signature
                        .<Route>map(signed -> new WebhookRoute(client, target, signed))
                        .orElse(event -> Delivery.tryAgain("this node has no secret to sign with")));
    }

    private Optional<URI> target(RealmModel realm) {
        return RealmSettings.of(session, realm).get(EventsSetting.WEBHOOK_URL);
    }

    @Override
    public List<String> problems(Map<String, String> settings) {
        String name = EventsSetting.WEBHOOK_URL.name();
        return Settings.from(Map.of(name, settings.getOrDefault(name, "")))
                .get(EventsSetting.WEBHOOK_URL)
                .flatMap(this::problem)
                .map(problem -> name + ": " + problem)
                .stream()
                .toList();
    }

    /** A name that is not known yet is none: every connection is checked again. */
    private Optional<String> problem(URI target) {
        if (signature.isEmpty()) {
            return Optional.of("the server has no secret to sign with, see --spi-mfa-event-sink--webhook--secret");
        }
        try {
            client.check(target);
            return Optional.empty();
        } catch (WebhookClient.ForbiddenTarget forbidden) {
            return Optional.of(String.valueOf(forbidden.getMessage()));
        } catch (UnknownHostException later) {
            return Optional.empty();
        }
    }
}
