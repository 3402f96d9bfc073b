package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** CLM-02: what a consumer of access tokens must answer with 401, each made of tokens that are genuine. */
public final class Forgeries {

    /** One of them. */
    public record Forgery(String name, String token) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final Tokens genuine;
    private final SigningKey realmKey;
    private final SigningKey foreign = SigningKey.fresh();
    private final List<Forgery> all = new ArrayList<>();

    private Forgeries(Tokens genuine, SigningKey realmKey) {
        this.genuine = genuine;
        this.realmKey = realmKey;
    }

    /**
     * All that do not depend on the consumer; {@link #forAnotherAudience} and a token of another realm do: Keycloak's own
     * administration asks for no audience, and knows the administrators of the master realm.
     *
     * @param genuine access, ID and refresh token of a live session
     * @param realmKey the key that the realm signs its access tokens with
     */
    public static List<Forgery> of(Tokens genuine, SigningKey realmKey) {
        Forgeries forgeries = new Forgeries(genuine, realmKey);
        forgeries.withoutSignature();
        forgeries.withAnotherSignature();
        forgeries.withAnotherKey();
        forgeries.withOtherClaims();
        forgeries.add("ID token", genuine.id().orElseThrow());
        forgeries.add("refresh token", genuine.refresh().orElseThrow());
        forgeries.add("no token", "x");
        forgeries.add("five parts", genuine.access() + ".e30.e30");
        return List.copyOf(forgeries.all);
    }

    /** The genuine token made for somebody else; signed by the realm, so only the audience tells. */
    public static Forgery forAnotherAudience(Tokens genuine, SigningKey realmKey) {
        Forgeries forgeries = new Forgeries(genuine, realmKey);
        return new Forgery("another audience", forgeries.changed(claims -> claims.put("aud", "elsewhere")));
    }

    private void withoutSignature() {
        String claims = part(1);
        for (String none : List.of("none", "None", "nOnE", "NONE", "")) {
            ObjectNode header = header().put("alg", none);
            add("alg \"" + none + "\"", encode(header) + "." + claims + ".");
            add("alg \"" + none + "\" and the old signature", encode(header) + "." + claims + "." + part(2));
        }
        add("signature cut off", part(0) + "." + claims + ".");
        add("two parts", part(0) + "." + claims);
    }

    private void withAnotherSignature() {
        String later = SigningKey.unsigned(
                header(), claims().put("mfa_exp", 4_000_000_000L).put("exp", 4_000_000_000L));
        add("claims changed below the signature", later + "." + part(2));
        byte[] der = realmKey.open().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        for (String algorithm : List.of("HS256", "HS512")) {
            add(algorithm + " with the public key as DER", mac(algorithm, der));
            add(algorithm + " with the public key as PEM", mac(algorithm, pem.getBytes(UTF_8)));
            add(
                    algorithm + " with the public key as Base64",
                    mac(algorithm, Base64.getEncoder().encode(der)));
        }
    }

    private void withAnotherKey() {
        add("another key under the realm's kid", foreign.sign(header(), claims()));
        add("another kid", foreign.sign(header().put("kid", "mine"), claims()));
        add("no kid", foreign.sign(header().without(List.of("kid")), claims()));
        add("kid as a path", foreign.sign(header().put("kid", "../../../../../../dev/null"), claims()));
        add("kid as SQL", foreign.sign(header().put("kid", "x' OR '1'='1"), claims()));
        add("jku", foreign.sign(header().put("kid", "mine").put("jku", "http://localhost:1/keys"), claims()));
        add("x5u", foreign.sign(header().put("kid", "mine").put("x5u", "http://localhost:1/chain"), claims()));
        ObjectNode embedded = header().put("kid", "mine");
        embedded.set("jwk", Json.read(Json.write(foreign.jwk())));
        add("jwk", foreign.sign(embedded, claims()));
    }

    /** As if the realm had signed them by mistake, or long ago. */
    private void withOtherClaims() {
        long now = Instant.now().getEpochSecond();
        add("expired", changed(claims -> claims.put("exp", now - 60)));
        add("not valid yet", changed(claims -> claims.put("nbf", now + 3600)));
        add("another issuer", changed(claims -> claims.put("iss", "https://elsewhere.example.org")));
        add(
                "a session that never was",
                changed(claims -> claims.put("sid", UUID.randomUUID().toString())));
        add("a client that never was", changed(claims -> claims.put("azp", "nobody")));
        for (String type : List.of("ID", "Refresh", "Offline", "Logout")) {
            add("typ " + type, changed(claims -> claims.put("typ", type)));
        }
    }

    private String changed(Consumer<ObjectNode> change) {
        ObjectNode claims = claims();
        change.accept(claims);
        return realmKey.sign(header(), claims);
    }

    private String mac(String algorithm, byte[] key) {
        String signed = SigningKey.unsigned(header().put("alg", algorithm), claims());
        try {
            String name = "HmacSHA" + algorithm.substring(2);
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            return signed + "." + BASE64URL.encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void add(String name, String token) {
        all.add(new Forgery(name, token));
    }

    private ObjectNode header() {
        return (ObjectNode) Json.read(new String(Base64.getUrlDecoder().decode(part(0)), UTF_8));
    }

    private ObjectNode claims() {
        return (ObjectNode) genuine.claims();
    }

    private String part(int index) {
        return genuine.access().split("\\.", -1)[index];
    }

    private static String encode(JsonNode json) {
        return BASE64URL.encodeToString(Json.write(json).getBytes(UTF_8));
    }
}
