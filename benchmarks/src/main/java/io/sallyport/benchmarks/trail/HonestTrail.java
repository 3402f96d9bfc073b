package io.sallyport.benchmarks.trail;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Fields;
import io.sallyport.audit.seal.Frontier;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.Leaf;
import io.sallyport.audit.seal.Manifest;
import io.sallyport.audit.seal.Part;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/** An export of sign-ins as the server writes it, of any length, with the key that signs it. */
final class HonestTrail {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String REALM = "11111111-2222-3333-4444-555555555555";
    private static final int ROWS_BETWEEN_CHECKPOINTS = 30_000;
    private static final int PEOPLE = 5_000;

    private final KeyPair key;
    private final Random random = new Random(6962);
    private final Frontier tree = Frontier.empty();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    HonestTrail() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        this.key = generator.generateKeyPair();
    }

    void write(Path file, int rows) throws IOException, GeneralSecurityException {
        try (Export export = new Export(file)) {
            for (int row = 1; row <= rows; row++) {
                now = now.plusMillis(random.nextInt(20));
                export.write(row());
                if (row == rows || row % ROWS_BETWEEN_CHECKPOINTS == 0) {
                    export.write(object("checkpoint", checkpoint()));
                }
            }
            export.write(manifest(export));
        }
    }

    /** With a checkpoint for each row, each of them so many times, as one place after the other would have kept them. */
    void write(Path file, Path outside, int rows, int times) throws IOException, GeneralSecurityException {
        try (Export export = new Export(file);
                BufferedWriter kept = Files.newBufferedWriter(outside)) {
            String line = "";
            for (int row = 1; row <= rows; row++) {
                now = now.plusMillis(random.nextInt(20));
                export.write(row());
                line = object("checkpoint", checkpoint());
                for (int time = 0; time < times; time++) {
                    kept.write(line);
                }
            }
            export.write(line);
            export.write(manifest(export));
        }
    }

    String jwks() {
        RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
        return "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"" + number(rsa.getModulus())
                + "\",\"e\":\"" + number(rsa.getPublicExponent()) + "\"}]}";
    }

    private String row() {
        Map<String, String> row = new LinkedHashMap<>();
        String person = new UUID(1, random.nextInt(PEOPLE)).toString();
        row.put("event_id", id());
        row.put("event_code", "10093");
        row.put("event_type", "auth.mfa_verified");
        row.put("realm_id", REALM);
        row.put("actor", person);
        row.put("user_id", person);
        row.put("client_id", "payments");
        row.put("session_id", id());
        row.put("ip", "10.20.30." + random.nextInt(250));
        row.put(
                "user_agent",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0");
        row.put("method", "TOTP");
        row.put("outcome", "SUCCESS");
        row.put("rule", new UUID(3, 4).toString());
        row.put("policy_version", "17");
        row.put("correlation_id", id());
        row.put("details", "{\"mfa_policy_level\":\"GLOBAL\",\"enrollment_id\":\"" + id() + "\"}");
        row.put("timestamp", String.valueOf(now.toEpochMilli()));
        return line(row);
    }

    private String line(Map<String, String> row) {
        byte[] subject = salt();
        byte[] actor = salt();
        Fields fields = Fields.of(name -> Optional.ofNullable(row.get(name)));
        Hash leaf = Leaf.of(
                tree.size(),
                fields,
                Leaf.commitment(Part.SUBJECT, subject, fields),
                Leaf.commitment(Part.ACTOR, actor, fields));
        String line = "{\"position\":" + tree.size() + ",\"leaf_hash\":\"" + leaf + "\",\"subject_salt\":\""
                + BASE64.encodeToString(subject) + "\",\"actor_salt\":\"" + BASE64.encodeToString(actor)
                + "\",\"row\":"
                + row.entrySet().stream()
                        .map(field -> "\"" + field.getKey() + "\":\""
                                + field.getValue().replace("\"", "\\\"") + "\"")
                        .collect(Collectors.joining(",", "{", "}"))
                + "}\n";
        tree.append(leaf);
        return line;
    }

    private String checkpoint() throws GeneralSecurityException {
        return sign(Checkpoint.TYPE, new Checkpoint(REALM, tree.size(), tree.root(), now, now).payload());
    }

    private String manifest(Export export) throws GeneralSecurityException {
        return object("manifest", sign(Manifest.TYPE, export.summary()));
    }

    private static String object(String name, String jws) {
        return "{\"" + name + "\":\"" + jws + "\"}\n";
    }

    private String sign(String type, String payload) throws GeneralSecurityException {
        String content = text("{\"alg\":\"RS256\",\"typ\":\"" + type + "\",\"kid\":\"k\"}") + "." + text(payload);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + BASE64.encodeToString(signature.sign());
    }

    private String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private byte[] salt() {
        byte[] salt = new byte[Leaf.SALT];
        random.nextBytes(salt);
        return salt;
    }

    private static String text(String content) {
        return BASE64.encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String number(BigInteger value) {
        return BASE64.encodeToString(value.toByteArray());
    }
}
