package io.sallyport.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the jar for Kafka holds: nothing that could stand in the way of the server's own, nor of the one jar. */
final class KafkaPackIT {

    private final ShippedJar jar = ShippedJar.open(Path.of(System.getProperty("sallyport.kafka.jar")));

    @Test
    void noLibraryStandsAtItsOwnName() {
        assertThat(jar.classes())
                .extracting(ShippedJar.Entry::name)
                .allMatch(name -> name.matches("io/sallyport/(kafka|shaded/org/apache/kafka)/.+"));
    }

    @Test
    void besideItsClassesThereIsOnlyWhatTheyRead() {
        assertThat(jar.names())
                .filteredOn(name -> !name.startsWith("io/sallyport/"))
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/NOTICE",
                        "META-INF/services/io.sallyport.event.sink.MfaEventSinkFactory",
                        "kafka/kafka-version.properties");
    }

    @Test
    void itOffersItsOneSink() {
        assertThat(jar.serviceFiles())
                .singleElement()
                .satisfies(file -> assertThat(file.providers()).containsExactly("io.sallyport.kafka.KafkaSinkFactory"));
    }

    @Test
    void theOneJarKnowsNothingOfIt() {
        assertThat(ShippedJar.open().names()).noneMatch(name -> name.contains("kafka"));
    }
}
