package io.sallyport.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Twilio's messages on this machine: it takes them, keeps them and answers as it is told. */
final class Twilio implements AutoCloseable {

    static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
    static final String TOKEN = "auth-token-of-twilio";
    static final String CALLBACK = "https://auth.example.com";

    private static final int PATIENCE_SECONDS = 60;
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private final HttpServer server;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore held = new Semaphore(0);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile boolean lost;
    private volatile String refusal = "";
    private volatile int status = 201;

    /** One message as it arrived. */
    record Message(String sid, String to, String body) {

        boolean hasCode() {
            return CODE.matcher(body).find();
        }

        String code() {
            Matcher matcher = CODE.matcher(body);
            if (!matcher.find()) {
                throw new Unexpected("message", body, "a code");
            }
            return matcher.group();
        }
    }

    Twilio() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newFixedThreadPool(16));
        server.createContext("/", this::take);
        server.start();
    }

    /** What makes a server send its messages here. */
    List<String> options() {
        String prefix = "--spi-mfa-sms--twilio--";
        return List.of(
                prefix + "account-sid=" + ACCOUNT,
                prefix + "auth-token=" + TOKEN,
                prefix + "from=+15005550006",
                prefix + "base-url=http://127.0.0.1:" + server.getAddress().getPort(),
                prefix + "callback-url=" + CALLBACK);
    }

    /** What went to this number, oldest first. */
    List<Message> to(String number) {
        return messages.stream().filter(message -> message.to().equals(number)).toList();
    }

    Message last(String number) {
        List<Message> all = to(number);
        if (all.isEmpty()) {
            throw new Unexpected("messages", "none", "one to the number");
        }
        return all.get(all.size() - 1);
    }

    List<Message> all() {
        return List.copyOf(messages);
    }

    /** Refuses from now on. */
    void refuse(int answer, String body) {
        status = answer;
        refusal = body;
    }

    void accept() {
        status = 201;
        lost = false;
    }

    /** Takes messages from now on, but the answer never arrives. */
    void loseAnswers() {
        lost = true;
    }

    /** Answers nobody from now on. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** Waits until so many wait for an answer. */
    void awaitHeld(int many) throws InterruptedException {
        if (!held.tryAcquire(many, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new Unexpected("requests without an answer", String.valueOf(held.availablePermits()), "" + many);
        }
    }

    void release() {
        gate.countDown();
    }

    /** The next message to this number that says this. */
    Message await(String number, String text) throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS; i++) {
            Optional<Message> found = to(number).stream()
                    .filter(message -> message.body().contains(text))
                    .findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            arrived.tryAcquire(1, TimeUnit.SECONDS);
        }
        throw new Unexpected("messages to the number", to(number).toString(), text);
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> form =
                Form.decode(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        if (gate.getCount() > 0) {
            held.release();
        }
        letThrough();
        String sid = "SM%032x".formatted(messages.size());
        String answer = refusal;
        if (status == 201) {
            messages.add(new Message(sid, form.get("To"), form.get("Body")));
            arrived.release();
            answer = Json.write(Map.of("sid", sid, "status", "queued"));
        }
        if (lost) {
            exchange.close();
            return;
        }
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void letThrough() throws IOException {
        try {
            gate.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IOException(stopping);
        }
    }
}
