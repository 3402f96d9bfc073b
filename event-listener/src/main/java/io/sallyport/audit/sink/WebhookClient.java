package io.sallyport.audit.sink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Posts to targets that somebody else named: to addresses that are allowed, checked where the connection is made, so that a
 * name can't change its mind in between; without redirects, cookies, proxies and repetitions, in bounded time.
 */
final class WebhookClient implements AutoCloseable {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int SILENCE_MILLIS = 5_000;
    private static final int TOTAL_MILLIS = 8_000;
    private static final int MOST_READ = 8_192;
    private static final int MOST_HEADERS = 100;
    private static final int CONNECTIONS = 16;

    private static final int LOOKUPS = 4;
    private static final int LOOKUP_SECONDS = 3;

    private final AllowedTargets allowed;
    private final Names names;
    private final CloseableHttpClient http;
    private final ExecutorService lookups = new ThreadPoolExecutor(
            0, LOOKUPS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), work -> daemon(work, "sallyport-webhook-names"));
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "sallyport-webhook-watch"));

    /** Where a host is. */
    interface Names {
        InetAddress[] of(String host) throws UnknownHostException;
    }

    WebhookClient(AllowedTargets allowed) {
        this(allowed, InetAddress::getAllByName);
    }

    WebhookClient(AllowedTargets allowed, Names names) {
        this.allowed = allowed;
        this.names = names;
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager(
                RegistryBuilder.<ConnectionSocketFactory>create()
                        .register("http", new OnlyOnThisHost())
                        .register("https", SSLConnectionSocketFactory.getSocketFactory())
                        .build(),
                this::resolve);
        connections.setMaxTotal(CONNECTIONS);
        connections.setDefaultMaxPerRoute(CONNECTIONS); // realms may share a target
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setMessageConstraints(MessageConstraints.custom()
                        .setMaxLineLength(MOST_READ)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build())
                .build());
        http = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setConnectionRequestTimeout(CONNECT_MILLIS)
                        .setSocketTimeout(SILENCE_MILLIS)
                        .build())
                .setUserAgent("Sallyport")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** Only the status and one header of an answer are of any use. */
    record Answer(int status, Optional<String> retryAfter) {}

    /** @throws IOException if there was no answer in time, or no address that is allowed */
    Answer post(HttpPost request) throws IOException {
        ScheduledFuture<?> end = watch.schedule(request::abort, TOTAL_MILLIS, TimeUnit.MILLISECONDS);
        try (CloseableHttpResponse response = http.execute(request)) {
            skip(response.getEntity());
            return new Answer(
                    response.getStatusLine().getStatusCode(),
                    Optional.ofNullable(response.getFirstHeader("Retry-After")).map(Header::getValue));
        } finally {
            end.cancel(false);
        }
    }

    /** A little, so that the connection can be used again; closing the answer ends one that says more. */
    private static void skip(@Nullable HttpEntity body) throws IOException {
        if (body != null) {
            body.getContent().readNBytes(MOST_READ);
        }
    }

    /** The addresses of a host that may be connected to. */
    InetAddress[] resolve(String host) throws UnknownHostException {
        List<InetAddress> admitted = allowed.of(host, names.of(host));
        if (admitted.isEmpty()) {
            throw new ForbiddenTarget(host);
        }
        return admitted.toArray(InetAddress[]::new);
    }

    /** Whether it could be posted to, as names are known now and soon enough for an administrator who waits. */
    void check(URI target) throws UnknownHostException {
        for (InetAddress address : soon(target.getHost())) {
            if ("http".equals(target.getScheme()) && !address.isLoopbackAddress()) {
                throw new ForbiddenTarget("without TLS, " + target.getHost());
            }
        }
    }

    private InetAddress[] soon(String host) throws UnknownHostException {
        try {
            return lookups.submit(() -> resolve(host)).get(LOOKUP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException("a name was not looked up", failed);
        } catch (TimeoutException | RejectedExecutionException slow) {
            throw new UnknownHostException(host + " is not known in time");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + " is not known: the server stops");
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** A host none of whose addresses is allowed. */
    static final class ForbiddenTarget extends UnknownHostException {
        ForbiddenTarget(String host) {
            super(host + " has no address that webhooks of this server may go to");
        }
    }

    /** Without TLS, nothing leaves this host. */
    private static final class OnlyOnThisHost extends PlainConnectionSocketFactory {
        @Override
        public Socket connectSocket(
                int timeout,
                Socket socket,
                HttpHost host,
                InetSocketAddress remote,
                InetSocketAddress local,
                HttpContext context)
                throws IOException {
            if (!remote.getAddress().isLoopbackAddress()) {
                throw new ForbiddenTarget("without TLS, " + host.getHostName());
            }
            return super.connectSocket(timeout, socket, host, remote, local, context);
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        lookups.shutdownNow();
        http.close();
    }
}
