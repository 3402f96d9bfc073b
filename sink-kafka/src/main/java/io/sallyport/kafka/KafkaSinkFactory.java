package io.sallyport.kafka;

import io.sallyport.event.sink.MfaEventSink;
import io.sallyport.event.sink.MfaEventSinkFactory;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Where events go, and with which name and password, are options of the server, {@code --spi-mfa-event-sink--kafka--…}: no
 * administrator of a realm can read or change them.
 */
public final class KafkaSinkFactory implements MfaEventSinkFactory {

    private static final Logger LOG = Logger.getLogger(KafkaSinkFactory.class);

    private Optional<KafkaOptions> options = Optional.empty();
    private Optional<Acknowledged> topic = Optional.empty();

    @Override
    public void init(Config.Scope config) {
        options = KafkaOptions.from(name -> Optional.ofNullable(config.get(name)));
        topic = options.map(Acknowledged::new);
        if (options.isEmpty()) {
            LOG.warn("No event goes to Kafka: --spi-mfa-event-sink--kafka--brokers is not set");
        }
        options.filter(known -> !known.isEncrypted())
                .ifPresent(plain -> LOG.warn("Events go to Kafka without TLS: whoever is in between can read them"));
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public MfaEventSink create(KeycloakSession session) {
        return new KafkaSink(options, topic);
    }

    @Override
    public void close() {
        topic.ifPresent(Acknowledged::close);
    }

    @Override
    public String getId() {
        return "kafka";
    }
}
