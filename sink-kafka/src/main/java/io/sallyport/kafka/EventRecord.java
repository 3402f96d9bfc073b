package io.sallyport.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.event.sink.CloudEvent;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/** An event as a message of the CloudEvents Kafka protocol binding 1.0, in structured mode. */
final class EventRecord {

    // Kafka protocol binding §3.3.1: "content-type: application/cloudevents+json; charset=UTF-8"
    private static final byte[] STRUCTURED = "application/cloudevents+json; charset=UTF-8".getBytes(UTF_8);

    private EventRecord() {}

    /** By the user's id, so that all of one user stands in one partition, in order; without a user, anywhere. */
    static ProducerRecord<byte[], byte[]> of(String topic, CloudEvent event) {
        return new ProducerRecord<>(
                topic,
                null,
                event.subject().map(user -> user.getBytes(UTF_8)).orElse(null),
                event.json().getBytes(UTF_8),
                List.of(new RecordHeader("content-type", STRUCTURED)));
    }
}
