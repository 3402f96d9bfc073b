package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A security key with a browser around it, made of the JCA only: it answers what a page asks, honestly or not. */
public final class SecurityKey {

    private static final int UP = 0x01;
    private static final int UV = 0x04;
    private static final int AT = 0x40;

    private final String origin;
    private final KeyPair keys;
    private final byte[] id = new byte[32];
    private boolean verifiesUser = true;
    private int counter;

    private SecurityKey(String origin, KeyPair keys) {
        this.origin = origin;
        this.keys = keys;
        new SecureRandom().nextBytes(id);
    }

    /** A new key in a browser that shows a page of this origin. */
    public static SecurityKey at(String origin) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return new SecurityKey(origin, generator.generateKeyPair());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Without PIN and finger: it only sees that somebody is there. */
    public SecurityKey withoutUserVerification() {
        verifiesUser = false;
        return this;
    }

    /** What its next answer will say that it has counted up to. */
    public SecurityKey countedTo(int value) {
        counter = value;
        return this;
    }

    /** Its credential id, in base64url. */
    public String id() {
        return base64Url(id);
    }

    /** Its credential id, as Keycloak writes it down. */
    public String storedId() {
        return Base64.getEncoder().encodeToString(id);
    }

    /** The credential as Keycloak itself writes it down. */
    public Map<String, Object> asStored(String type, int signCount) {
        return Map.of(
                "type",
                type,
                "userLabel",
                "key " + id().substring(0, 8),
                "secretData",
                "{}",
                "credentialData",
                Json.write(Map.of(
                        "aaguid",
                        "00000000-0000-0000-0000-000000000000",
                        "credentialId",
                        storedId(),
                        "counter",
                        signCount,
                        "credentialPublicKey",
                        base64Url(publicKey()),
                        "attestationStatementFormat",
                        "none",
                        "transports",
                        List.of("usb"))));
    }

    /** Answers {@code navigator.credentials.create} with these options. */
    public String create(JsonNode options) {
        byte[] authData = joined(
                authData(options.path("rp").path("id").asText(), AT),
                new byte[16],
                ByteBuffer.allocate(2).putShort((short) id.length).array(),
                id,
                publicKey());
        byte[] object = joined(
                new byte[] {(byte) 0xa3, 0x63, 'f', 'm', 't', 0x64, 'n', 'o', 'n', 'e'},
                new byte[] {0x67, 'a', 't', 't', 'S', 't', 'm', 't', (byte) 0xa0},
                new byte[] {0x68, 'a', 'u', 't', 'h', 'D', 'a', 't', 'a', 0x58, (byte) authData.length},
                authData);
        return credential(Map.of(
                "clientDataJSON",
                base64Url(clientData("webauthn.create", options)),
                "attestationObject",
                base64Url(object)));
    }

    /** Answers {@code navigator.credentials.get} with these options. */
    public String get(JsonNode options) {
        byte[] clientData = clientData("webauthn.get", options);
        byte[] authData = authData(options.path("rpId").asText(), 0);
        return credential(Map.of(
                "clientDataJSON", base64Url(clientData),
                "authenticatorData", base64Url(authData),
                "signature", base64Url(sign(joined(authData, sha256(clientData))))));
    }

    private byte[] authData(String rpId, int more) {
        int flags = UP | (verifiesUser ? UV : 0) | more;
        return joined(
                sha256(rpId.getBytes(UTF_8)),
                new byte[] {(byte) flags},
                ByteBuffer.allocate(4).putInt(counter).array());
    }

    /** COSE: {1: 2, 3: -7, -1: 1, -2: x, -3: y}. */
    private byte[] publicKey() {
        ECPublicKey key = (ECPublicKey) keys.getPublic();
        return joined(
                new byte[] {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32},
                coordinate(key.getW().getAffineX()),
                new byte[] {0x22, 0x58, 32},
                coordinate(key.getW().getAffineY()));
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] signed = value.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(signed.length, fixed.length);
        System.arraycopy(signed, signed.length - length, fixed, fixed.length - length, length);
        return fixed;
    }

    private byte[] clientData(String type, JsonNode options) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("type", type);
        data.put("challenge", options.path("challenge").asText());
        data.put("origin", origin);
        data.put("crossOrigin", false);
        return Json.write(data).getBytes(UTF_8);
    }

    private String credential(Map<String, Object> response) {
        return Json.write(Map.of("id", id(), "rawId", id(), "type", "public-key", "response", response));
    }

    private byte[] sign(byte[] signed) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(signed);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
