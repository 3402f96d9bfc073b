package io.sallyport.verifier;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The public keys of the realm, from its JWKS (RFC 7517), and the signatures (RFC 7515, 7518, 8037) that they verify. */
final class Keys {

    private final Map<String, Map<String, Object>> byId = new HashMap<>();

    private Keys() {}

    /** From the text of one or more key sets. */
    static Keys of(List<String> sets) {
        Keys keys = new Keys();
        for (String set : sets) {
            if (!(Json.object(set).get("keys") instanceof List<?> all)) {
                throw new Unreadable("no key set");
            }
            for (Object key : all) {
                Map<String, Object> jwk = Json.asObject(key, "key");
                keys.byId.put(text(jwk, "kid"), jwk);
            }
        }
        return keys;
    }

    /**
     * How a signature turned out.
     *
     * @param contentType what the header says of the payload, signed like it
     */
    record Verdict(boolean genuine, Optional<String> contentType, Map<String, Object> payload) {}

    /**
     * The verdict about a compact JWS of this type.
     *
     * @throws Unreadable if it is none, or if the key is not among these
     */
    Verdict verify(String jws, String type) {
        String[] parts = parts(jws);
        Map<String, Object> header = Json.object(utf8(parts[0]));
        if (!text(header, "typ").equals(type)) {
            throw new Unreadable("something else that is signed");
        }
        Map<String, Object> jwk = byId.get(text(header, "kid"));
        if (jwk == null) {
            throw new Unreadable("no key " + text(header, "kid") + " among the keys");
        }
        return new Verdict(
                isGenuine(header, jwk, parts),
                Optional.of(text(header, "cty")).filter(given -> !given.isEmpty()),
                Json.object(utf8(parts[1])));
    }

    /**
     * What a compact JWS says, whoever signed it.
     *
     * @throws Unreadable if it is none
     */
    static Map<String, Object> said(@Nullable Object jws) {
        return Json.object(utf8(parts(jws instanceof String text ? text : "")[1]));
    }

    private static String[] parts(String jws) {
        String[] parts = jws.split("\\.", -1);
        if (parts.length != 3) {
            throw new Unreadable("nothing that is signed");
        }
        return parts;
    }

    private static boolean isGenuine(Map<String, Object> header, Map<String, Object> jwk, String[] parts) {
        String algorithm = text(header, "alg");
        if (jwk.containsKey("alg") && !text(jwk, "alg").equals(algorithm)) {
            return false;
        }
        try {
            Signature signature = signature(algorithm, jwk);
            signature.initVerify(key(jwk));
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return signature.verify(bytes(parts[2]));
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    private static Signature signature(String algorithm, Map<String, Object> jwk) throws GeneralSecurityException {
        String bits = algorithm.length() == 5 ? algorithm.substring(2) : "";
        if (algorithm.equals("EdDSA")) {
            return Signature.getInstance(text(jwk, "crv"));
        }
        if (!List.of("256", "384", "512").contains(bits)) {
            throw new GeneralSecurityException("alg " + algorithm);
        }
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + bits + "withRSA");
            case "ES" -> Signature.getInstance("SHA" + bits + "withECDSAinP1363Format");
            case "PS" -> pss(bits);
            default -> throw new GeneralSecurityException("alg " + algorithm);
        };
    }

    private static Signature pss(String bits) throws GeneralSecurityException {
        String hash = "SHA-" + bits;
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(
                hash,
                "MGF1",
                new MGF1ParameterSpec(hash),
                Integer.parseInt(bits) / 8,
                PSSParameterSpec.TRAILER_FIELD_BC));
        return signature;
    }

    private static PublicKey key(Map<String, Object> jwk) throws GeneralSecurityException {
        return switch (text(jwk, "kty")) {
            case "RSA" ->
                KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(jwk, "n"), number(jwk, "e")));
            case "EC" ->
                KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(
                                new ECPoint(number(jwk, "x"), number(jwk, "y")), curve(text(jwk, "crv"))));
            case "OKP" -> edwards(text(jwk, "crv"), text(jwk, "x"));
            default -> throw new GeneralSecurityException("kty " + text(jwk, "kty"));
        };
    }

    private static ECParameterSpec curve(String name) throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(name.replace("P-", "secp") + "r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    /** RFC 8410 §4: the key itself stands behind a constant beginning. */
    private static PublicKey edwards(String curve, String x) throws GeneralSecurityException {
        String beginning = curve.equals("Ed25519") ? "302a300506032b6570032100" : "3043300506032b6571033a00";
        String spki = beginning + HexFormat.of().formatHex(bytes(x));
        return KeyFactory.getInstance(curve)
                .generatePublic(new X509EncodedKeySpec(HexFormat.of().parseHex(spki)));
    }

    private static BigInteger number(Map<String, Object> jwk, String name) {
        return new BigInteger(1, bytes(text(jwk, name)));
    }

    private static String utf8(String base64) {
        return new String(bytes(base64), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException none) {
            throw new Unreadable("no base64url");
        }
    }

    private static String text(Map<String, Object> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }
}
