package io.sallyport.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Apache Kafka as it is published, in a process of its own, in KRaft mode: one door with SCRAM for the server, one without for
 * the journey. Its process ends with this JVM at the latest.
 */
final class KafkaBroker implements AutoCloseable {

    static final String TOPIC = "mfa-events";
    static final String USER = "sallyport";
    static final String PASSWORD = "kafka \"secret\" of \\ a journey";
    private static final int PARTITIONS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(300);

    private final Path root;
    private final Path directory;
    private final int door = Ports.free();
    private final int inside = Ports.free();
    private ServerProcess process;

    private KafkaBroker(Path root, Path directory) {
        this.root = root;
        this.directory = directory;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-kafka"));
    }

    /** With its topic, and with a user who may come in. */
    static KafkaBroker fresh() {
        Path root = Installation.find().root();
        KafkaBroker broker = new KafkaBroker(root, root.resolve("tests/target/kafka"));
        Trees.delete(broker.directory);
        try {
            broker.format();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        broker.start();
        broker.makeTopic();
        broker.lets(PASSWORD);
        return broker;
    }

    /** Where the server reaches it. */
    String address() {
        return "127.0.0.1:" + door;
    }

    /** On what it has written before. */
    void start() {
        try {
            process = ServerProcess.start(java("kafka.Kafka", config().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(admin -> admin.describeCluster().nodes().get());
    }

    void stop() {
        process.stop();
    }

    void makeTopic() {
        await(admin -> admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                .all()
                .get());
    }

    void removeTopic() {
        await(admin -> admin.deleteTopics(List.of(TOPIC)).all().get());
    }

    /** From the next connection on, this is the password. */
    void lets(String password) {
        await(admin -> admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                        USER, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
                .all()
                .get());
    }

    /** All that stands in the topic, each partition in its order. */
    List<ConsumerRecord<String, String>> records() {
        List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new TopicPartition(TOPIC, number))
                .toList();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", "127.0.0.1:" + inside),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Stream.Builder<ConsumerRecord<String, String>> all = Stream.builder();
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                consumer.poll(GLANCE).forEach(all);
            }
            return all.build().toList();
        }
    }

    private interface Task {
        Object with(Admin admin) throws ExecutionException, InterruptedException;
    }

    /** A broker that has just begun does not know everything yet. */
    private void await(Task task) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Properties config = new Properties();
        config.put("bootstrap.servers", "127.0.0.1:" + inside);
        try (Admin admin = Admin.create(config)) {
            ExecutionException last = null;
            do {
                try {
                    task.with(admin);
                    return;
                } catch (ExecutionException notYet) {
                    last = notYet;
                }
            } while (System.nanoTime() < end && !process.endsWithin(GLANCE));
            throw new IllegalStateException("see " + log(), last);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void format() throws IOException, InterruptedException {
        int controller = Ports.free();
        Files.createDirectories(directory);
        Files.write(
                config(),
                List.of(
                        "process.roles=broker,controller",
                        "node.id=1",
                        "controller.quorum.voters=1@127.0.0.1:" + controller,
                        "listeners=DOOR://127.0.0.1:" + door + ",INSIDE://127.0.0.1:" + inside
                                + ",CONTROLLER://127.0.0.1:" + controller,
                        "listener.security.protocol.map=DOOR:SASL_PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "controller.listener.names=CONTROLLER",
                        "inter.broker.listener.name=INSIDE",
                        "sasl.enabled.mechanisms=SCRAM-SHA-512",
                        "listener.name.door.scram-sha-512.sasl.jaas.config="
                                + "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                        "auto.create.topics.enable=false",
                        "offsets.topic.replication.factor=1",
                        "transaction.state.log.replication.factor=1",
                        "transaction.state.log.min.isr=1",
                        "log.dirs=" + directory.resolve("data")));
        ServerProcess format = ServerProcess.start(
                java("kafka.tools.StorageTool", "format", "-t", "c2FsbHlwb3J0LWthZmthMQ", "-c", config().toString()));
        if (!format.endsWithin(PATIENCE) || format.exitValue() != 0) {
            throw new IllegalStateException("the storage was not formatted, see " + log());
        }
    }

    private ProcessBuilder java(String main, String... arguments) {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                root.resolve("sink-kafka/target/broker") + "/*",
                main);
        return new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    }

    private Path config() {
        return directory.resolve("server.properties");
    }

    private Path log() {
        return directory.resolve("kafka.log");
    }

    @Override
    public void close() {
        if (process != null) {
            process.stop();
        }
    }
}
