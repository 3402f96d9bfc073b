package io.sallyport.audit.sink;

import io.sallyport.event.Detail;
import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.FormerSettings;
import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.provider.EventsSetting;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.Settings;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Each event to an address that the realm named, as far as the operator lets it. */
final class WebhookSink implements MfaEventSink {

    private static final int LONGEST = 2048;

    private final KeycloakSession session;
    private final WebhookClient client;
    private final Signatures signatures;

    WebhookSink(KeycloakSession session, WebhookClient client, Signatures signatures) {
        this.session = session;
        this.client = client;
        this.signatures = signatures;
    }

    @Override
    public boolean wants(RealmModel realm, MfaEventType type, Map<String, String> details) {
        return !addressees(realm, type, details).isEmpty();
    }

    /** Who is told no more, or at another address, is told that. */
    @Override
    public Set<String> addressees(RealmModel realm, MfaEventType type, Map<String, String> details) {
        Set<String> all = new HashSet<>();
        target(realm).ifPresent(target -> all.add(ONLY));
        if (type == MfaEventType.SETTINGS_CHANGED
                && EventsSetting.WEBHOOK_URL.name().equals(details.get(Detail.SETTING))) {
            FormerSettings.of(session, EventsSetting.WEBHOOK_URL.name())
                    .filter(former -> former.getBytes(StandardCharsets.UTF_8).length <= LONGEST)
                    .ifPresent(all::add);
        }
        return all;
    }

    @Override
    public Optional<Route> route(RealmModel realm) {
        return Optional.of(signatures
                .of(session)
                .<Route>map(signed -> new WebhookRoute(client, target(realm), signed))
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
        try {
            if (signatures.afresh(session).isEmpty()) {
                return Optional.of("the server has no secret to sign with, see --spi-mfa-event-sink--webhook--secret");
            }
            client.check(target);
            return Optional.empty();
        } catch (WebhookClient.ForbiddenTarget forbidden) {
            return Optional.of(String.valueOf(forbidden.getMessage()));
        } catch (IllegalArgumentException nonsense) {
            return Optional.of("in the vault: " + nonsense.getMessage());
        } catch (UnknownHostException later) {
            return Optional.empty();
        }
    }
}
