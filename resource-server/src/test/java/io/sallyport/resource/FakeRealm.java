package io.sallyport.resource;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An issuer on a socket of its own: publishes its key and spends each approval once. */
public final class FakeRealm implements AutoCloseable {

    public static final Map<String, Object> PAYMENT = Map.of("amount", 1250.5, "currency", "EUR", "payee", "Ada");
    public static final String ACTION = "approve_payment";

    /** An answer of authorize. */
    record Said(int status, String type, String body, Map<String, String> headers) {}

    private static final RSAKey KEY = newKey("realm");

    final RSAKey key = KEY;
    final List<Map<String, Object>> asked = new CopyOnWriteArrayList<>();
    final List<String> bearers = new CopyOnWriteArrayList<>();
    private final Set<Object> spent = ConcurrentHashMap.newKeySet();
    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    volatile Said instead = new Said(0, "", "", Map.of());
    final AtomicInteger keyRequests = new AtomicInteger();

    public FakeRealm() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(workers);
        server.createContext("/realms/acme/protocol/openid-connect/certs", this::certs);
        server.createContext("/realms/acme/v1/auth/mfa/authorize", this::authorize);
        server.start();
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/acme";
    }

    public ResourceSettings settings(String... more) {
        Map<String, String> texts = new HashMap<>(
                Map.of("sallyport.issuer", issuer(), "sallyport.audience", "erp", "sallyport.clients", "web"));
        for (int i = 0; i < more.length; i += 2) {
            texts.put("sallyport." + more[i], more[i + 1]);
        }
        return ResourceSettings.from(texts);
    }

    /** What the realm puts into a token for an approval of these details. */
    public JWTClaimsSet.Builder claims(String approvalId, Map<String, Object> details) {
        Instant now = Instant.now();
        String hash = new Transaction(
                        ACTION, ExactDetails.of(details), approvalId, "web", "session-1", List.of(), "user-1")
                .hash();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(List.of("account", "erp"))
                .subject("user-1")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(180)))
                .claim("typ", "Bearer")
                .claim("azp", "web")
                .claim("sid", "session-1")
                .claim("acr", "mfa")
                .claim("mfa_verified", true)
                .claim("mfa_time", now.getEpochSecond())
                .claim("mfa_exp", now.plusSeconds(180).getEpochSecond())
                .claim("mfa_action", ACTION)
                .claim("mfa_action_hash", hash)
                .claim("mfa_approval_id", approvalId);
    }

    public String token(String approvalId) {
        return sign(claims(approvalId, PAYMENT), header -> {});
    }

    String sign(JWTClaimsSet.Builder claims, Consumer<JWSHeader.Builder> more) {
        return sign(key, claims, more);
    }

    static String sign(RSAKey key, JWTClaimsSet.Builder claims, Consumer<JWSHeader.Builder> more) {
        try {
            JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(JOSEObjectType.JWT)
                    .keyID(key.getKeyID());
            more.accept(header);
            SignedJWT token = new SignedJWT(header.build(), claims.build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private void certs(HttpExchange exchange) throws IOException {
        keyRequests.incrementAndGet();
        answer(exchange, new Said(200, "application/json", new JWKSet(key.toPublicJWK()).toString(), Map.of()));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, Object> request = parse(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        asked.add(request);
        bearers.addAll(new ArrayList<>(exchange.getRequestHeaders().get("Authorization")));
        if (instead.status() != 0) {
            answer(exchange, instead);
        } else if (PAYMENT.equals(request.get("action_details")) && spent.add(request.get("approval_id"))) {
            answer(
                    exchange,
                    new Said(
                            200,
                            "application/json",
                            "{\"authorized\":true,\"approval_id\":\"" + request.get("approval_id") + "\"}",
                            Map.of()));
        } else {
            answer(exchange, new Said(403, "application/problem+json", "{\"error\":\"MFA_REQUIRED\"}", Map.of()));
        }
    }

    private static Map<String, Object> parse(String json) {
        try {
            return JSONObjectUtils.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, Said said) throws IOException {
        byte[] body = said.body().getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", said.type());
        said.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(said.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
