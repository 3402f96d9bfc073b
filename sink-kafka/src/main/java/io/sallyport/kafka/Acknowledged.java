package io.sallyport.kafka;

import io.sallyport.event.sink.CloudEvent;
import io.sallyport.event.sink.Delivery;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The topic: an event is there when all replicas in sync have it, which is known within nine seconds or it counts as not sent. */
final class Acknowledged implements AutoCloseable {

    private static final Map<String, Object> ALWAYS = Map.ofEntries(
            Map.entry("client.id", "sallyport"),
            Map.entry("acks", "all"),
            // a repetition by the client is dropped by the broker, and can't overtake what came later
            Map.entry("enable.idempotence", true),
            Map.entry("compression.type", "none"),
            Map.entry("linger.ms", 0),
            Map.entry("max.block.ms", 2_500),
            Map.entry("request.timeout.ms", 2_500),
            Map.entry("delivery.timeout.ms", 5_500),
            Map.entry("socket.connection.setup.timeout.ms", 2_000),
            Map.entry("socket.connection.setup.timeout.max.ms", 2_000),
            Map.entry("enable.metrics.push", false),
            Map.entry("metric.reporters", ""));

    private static final Duration PATIENCE = Duration.ofSeconds(9);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final KafkaOptions options;
    private @Nullable Producer<byte[], byte[]> producer;

    Acknowledged(KafkaOptions options) {
        this.options = options;
    }

    /** Sends one event and waits for the answer. */
    Delivery send(CloudEvent event) {
        try {
            producer().send(EventRecord.of(options.topic(), event)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Delivery.accepted();
        } catch (ExecutionException failed) {
            return failure(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException | KafkaException failed) {
            return failure(failed);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Delivery.tryAgain("interrupted");
        }
    }

    /** What a retry of the same client can't mend, a new one may: who may not come in today may tomorrow. */
    private Delivery failure(Throwable failed) {
        String reason = "Kafka: " + names(failed);
        if (failed instanceof RecordTooLargeException) {
            return Delivery.refused(reason);
        }
        if (!(failed instanceof RetriableException)) {
            close();
        }
        return Delivery.tryAgain(reason);
    }

    /** Kinds of failures; their texts are another system's. */
    private static String names(Throwable failed) {
        String name = failed.getClass().getSimpleName();
        Throwable cause = failed.getCause();
        return cause == null ? name : name + ", " + cause.getClass().getSimpleName();
    }

    private synchronized Producer<byte[], byte[]> producer() {
        Producer<byte[], byte[]> open = producer;
        if (open == null) {
            open = open();
            producer = open;
        }
        return open;
    }

    /** The client looks for its own classes by the loader of the thread. */
    private Producer<byte[], byte[]> open() {
        Map<String, Object> config = new HashMap<>(ALWAYS);
        config.putAll(options.connection());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Acknowledged.class.getClassLoader());
        try {
            return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override
    public synchronized void close() {
        Producer<byte[], byte[]> open = producer;
        producer = null;
        if (open != null) {
            open.close(GOODBYE);
        }
    }
}
