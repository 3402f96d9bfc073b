package io.sallyport.verifier;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Fields;
import io.sallyport.audit.seal.Frontier;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.Leaf;
import io.sallyport.audit.seal.Manifest;
import io.sallyport.audit.seal.Part;
import io.sallyport.audit.seal.SparseTree;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes trails as the server does, honest ones and, with the right key in hand or not, others. */
final class Scribe {

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final byte[] SALT = new byte[Leaf.SALT];

    private final KeyPair key;
    private final Frontier tree = Frontier.empty();
    private final List<Hash> leaves = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> checkpoints = new ArrayList<>();
    private Optional<String> told = Optional.empty();
    private String realmId = "r";

    Scribe() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        this.key = generator.generateKeyPair();
    }

    /** The same pen for another trail. */
    Scribe(Scribe other) {
        this.key = other.key;
    }

    /** From now on checkpoints say which trail of the realm they are about. */
    Scribe told(String by) {
        told = Optional.of(by);
        return this;
    }

    /** From now on checkpoints are another realm's. */
    Scribe of(String realm) {
        realmId = realm;
        return this;
    }

    /** So many honest rows, one a minute, and a checkpoint after each third and the last. */
    Scribe rows(int many) throws GeneralSecurityException {
        for (int number = 0; number < many; number++) {
            Instant time = START.plusSeconds(60 * tree.size());
            row(time, "reason " + tree.size());
            if (tree.size() % 3 == 0 || number == many - 1) {
                checkpoint(time);
            }
        }
        return this;
    }

    Scribe row(Instant time, String reason) {
        lines.add(line(tree.size(), fields(tree.size(), time, reason)));
        leaves.add(leaf(tree.size(), fields(tree.size(), time, reason)));
        tree.append(leaves.get(leaves.size() - 1));
        return this;
    }

    Scribe checkpoint(Instant time) throws GeneralSecurityException {
        String line =
                "{\"checkpoint\":\"" + sign(new Checkpoint(realmId, tree.size(), tree.root(), time, time)) + "\"}";
        lines.add(line);
        checkpoints.add(line);
        return this;
    }

    /** What shows that the rows at these places are in the tree as it is now. */
    String proof(Long... places) {
        return new SparseTree<RuntimeException>(
                        (level, index) -> level == 0 ? Optional.of(leaves.get((int) index)) : Optional.empty())
                .inclusion(new TreeSet<>(List.of(places)), tree.size()).orElseThrow().others().stream()
                        .map(hash -> "\"" + hash + "\"")
                        .collect(Collectors.joining(",", "{\"proof\":[", "]}"));
    }

    List<String> lines() {
        return new ArrayList<>(lines);
    }

    List<String> checkpoints() {
        return List.copyOf(checkpoints);
    }

    String jwks() {
        RSAPublicKey rsa = (RSAPublicKey) key.getPublic();
        return "{\"keys\":[{\"kid\":\"k\",\"kty\":\"RSA\",\"alg\":\"RS256\",\"n\":\"" + number(rsa.getModulus())
                + "\",\"e\":\"" + number(rsa.getPublicExponent()) + "\"}]}";
    }

    static Map<String, String> fields(long position, Instant time, String reason) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("event_id", "e" + position);
        row.put("realm_id", "r");
        row.put("timestamp", String.valueOf(time.toEpochMilli()));
        row.put("user_id", "u" + position);
        row.put("reason", reason);
        row.put("actor", "u" + position);
        return row;
    }

    static String line(long position, Map<String, String> row) {
        return "{\"position\":" + position + ",\"leaf_hash\":\"" + leaf(position, row)
                + "\",\"subject_salt\":\"" + BASE64.encodeToString(SALT)
                + "\",\"actor_salt\":\"" + BASE64.encodeToString(SALT)
                + "\",\"row\":" + json(row) + "}";
    }

    /** As it is after the person of the row was erased. */
    static String erasedLine(long position, Map<String, String> row) {
        Map<String, String> left = new LinkedHashMap<>(row);
        left.keySet().removeAll(Part.SUBJECT.fields());
        left.keySet().removeAll(Part.ACTOR.fields());
        return "{\"position\":" + position + ",\"leaf_hash\":\"" + leaf(position, row)
                + "\",\"subject_hash\":\"" + commitment(Part.SUBJECT, row)
                + "\",\"actor_hash\":\"" + commitment(Part.ACTOR, row)
                + "\",\"row\":" + json(left) + "}";
    }

    static String json(Map<String, String> row) {
        return row.entrySet().stream()
                .map(field -> "\"" + field.getKey() + "\":\"" + field.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Hash leaf(long position, Map<String, String> row) {
        return Leaf.of(
                position,
                Fields.of(name -> Optional.ofNullable(row.get(name))),
                commitment(Part.SUBJECT, row),
                commitment(Part.ACTOR, row));
    }

    private static Hash commitment(Part part, Map<String, String> row) {
        return Leaf.commitment(part, SALT, Fields.of(name -> Optional.ofNullable(row.get(name))));
    }

    /** As it is after the oldest rows were removed. */
    List<String> cut(int rows) throws GeneralSecurityException {
        Frontier gone = Frontier.empty();
        for (int position = 0; position < rows; position++) {
            gone.append(leaf(position, fields(position, START.plusSeconds(60L * position), "reason " + position)));
        }
        List<String> left = new ArrayList<>();
        left.add("{\"cut\":\"" + sign(Cut.TYPE, new Cut("r", gone, START.plus(Duration.ofDays(60))).payload()) + "\"}");
        String first = "{\"position\":" + rows + ",";
        left.addAll(lines.subList(
                lines.indexOf(lines.stream()
                        .filter(line -> line.startsWith(first))
                        .findFirst()
                        .orElseThrow()),
                lines.size()));
        return left;
    }

    /** A manifest of these bytes. */
    String manifest(byte[] bytes) throws GeneralSecurityException {
        return manifest(bytes, "");
    }

    /** A manifest that says more. */
    String manifest(byte[] bytes, String more) throws GeneralSecurityException {
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        return "{\"manifest\":\""
                + sign(
                        Manifest.TYPE,
                        "{\"rows\":1,\"bytes\":" + bytes.length + ",\"sha256\":\"" + sha256 + "\"" + more + "}")
                + "\"}";
    }

    /** The manifest of an evidence packet. */
    String packet(String payload) throws GeneralSecurityException {
        return sign(Manifest.EVIDENCE, payload);
    }

    private String sign(Checkpoint checkpoint) throws GeneralSecurityException {
        String content = told.map(by -> "\",\"cty\":\"" + Checkpoint.CONTENT + ";tree=" + by)
                .orElse("");
        return sign(Checkpoint.TYPE + content, checkpoint.payload());
    }

    private String sign(String type, String payload) throws GeneralSecurityException {
        String content = text("{\"alg\":\"RS256\",\"typ\" : \"" + type + "\",\"kid\" : \"k\"}") + "." + text(payload);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + BASE64.encodeToString(signature.sign());
    }

    private static String text(String content) {
        return BASE64.encodeToString(content.getBytes(StandardCharsets.UTF_8));
    }

    private static String number(BigInteger value) {
        return BASE64.encodeToString(value.toByteArray());
    }
}
