package io.sallyport.audit.sink;

import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.event.sink.MfaEventSinkFactory;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Webhooks: the realm says where to by {@code mfa.events.webhook.url}; which targets there may be, and what signs, are options
 * of the server, {@code --spi-mfa-event-sink--webhook--…}, that no administrator of a realm can change or read.
 */
public final class WebhookSinkFactory implements MfaEventSinkFactory {

    private static final Logger LOG = Logger.getLogger(WebhookSinkFactory.class);

    private Signatures signatures = new Signatures(Optional.empty());
    private @Nullable WebhookClient client;

    @Override
    public void init(Config.Scope config) {
        signatures = new Signatures(Optional.ofNullable(config.get("secret"))
                .filter(text -> !text.isBlank())
                .map(Signature::with));
        client = new WebhookClient(AllowedTargets.from(Optional.ofNullable(config.get("allow"))));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public MfaEventSink create(KeycloakSession session) {
        if (client == null) {
            throw new IllegalStateException("the webhook was not initialized");
        }
        return new WebhookSink(session, client, signatures);
    }

    @Override
    public void close() {
        try {
            if (client != null) {
                client.close();
            }
        } catch (IOException ending) {
            LOG.debug("A connection was not closed well", ending);
        }
    }

    @Override
    public String getId() {
        return "webhook";
    }
}
