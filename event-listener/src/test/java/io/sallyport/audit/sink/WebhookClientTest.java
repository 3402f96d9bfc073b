package io.sallyport.audit.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.http.client.methods.HttpPost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class WebhookClientTest {

    private static final InetAddress ALLOWED = address(127, 0, 0, 1);
    private static final InetAddress FORBIDDEN = address(127, 0, 0, 2);

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicReference<InetAddress> answer = new AtomicReference<>(ALLOWED);
    private HttpServer target;
    private WebhookClient client;

    @BeforeEach
    void start() throws IOException {
        target = HttpServer.create(new InetSocketAddress(0), 0); // on every address of this host
        target.createContext("/", exchange -> {
            calls.incrementAndGet();
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        target.start();
        client = new WebhookClient(
                AllowedTargets.from(Optional.of("127.0.0.1/32")), host -> new InetAddress[] {answer.get()});
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        target.stop(0);
    }

    @Test
    @DisplayName("A name that leads elsewhere once it was accepted (DNS rebinding) is not connected to")
    void aNameThatLeadsElsewhere() throws IOException {
        client.check(address());
        assertThat(client.post(new HttpPost(address())).status()).isEqualTo(204);

        answer.set(FORBIDDEN);

        assertThatThrownBy(() -> client.post(new HttpPost(address())))
                .isInstanceOf(WebhookClient.ForbiddenTarget.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    @DisplayName("A name server that never answers makes an administrator wait for seconds only")
    void aNameServerThatIsSilent() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (WebhookClient waiting = new WebhookClient(AllowedTargets.from(Optional.empty()), host -> {
            try {
                never.await();
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        })) {
            assertThatThrownBy(() -> waiting.check(URI.create("https://siem.example.org/in")))
                    .isInstanceOf(UnknownHostException.class)
                    .isNotInstanceOf(WebhookClient.ForbiddenTarget.class)
                    .hasMessageContaining("not known in time");
        }
    }

    private URI address() {
        return URI.create("http://siem.example.org:" + target.getAddress().getPort() + "/in");
    }

    private static InetAddress address(int... bytes) {
        try {
            return InetAddress.getByAddress(
                    new byte[] {(byte) bytes[0], (byte) bytes[1], (byte) bytes[2], (byte) bytes[3]});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
