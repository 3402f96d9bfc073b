package io.sallyport.kafka;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.MfaEventSink;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.RealmModel;

/** Each event of the realms that the operator chose, as a message of the CloudEvents Kafka protocol binding. */
record KafkaSink(Optional<KafkaOptions> options, Optional<Acknowledged> topic) implements MfaEventSink {

    @Override
    public boolean wants(RealmModel realm, MfaEventType type, Map<String, String> details) {
        return options.filter(known -> known.isOf(realm.getName())).isPresent();
    }

    @Override
    public Optional<Route> route(RealmModel realm) {
        return options.filter(known -> known.isOf(realm.getName()))
                .flatMap(known -> topic)
                .map(to -> to::send);
    }
}
