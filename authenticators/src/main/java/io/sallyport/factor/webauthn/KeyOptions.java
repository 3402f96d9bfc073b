package io.sallyport.factor.webauthn;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;

/** What a page asks a browser for, in the JSON form that {@code PublicKeyCredential.parse…OptionsFromJSON} takes. */
public final class KeyOptions {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private KeyOptions() {}

    /**
     * A key that the browser may use or must not make twice.
     *
     * @param id its credential id
     * @param transports how it can be reached
     */
    public record Known(Bytes id, List<String> transports) {

        public Known {
            transports = List.copyOf(transports);
        }
    }

    /**
     * Whose key it will be.
     *
     * @param handle what the authenticator remembers him by
     * @param name his user name
     * @param displayName what his authenticator shows
     */
    public record Owner(Bytes handle, String name, String displayName) {}

    /**
     * How a page asks.
     *
     * @param challenge what must be signed
     * @param timeout how long the browser waits
     */
    public record Question(Bytes challenge, Duration timeout) {}

    /** {@code PublicKeyCredentialCreationOptionsJSON}: a new key. */
    public static String creation(
            Registration ceremony,
            String partyName,
            Owner owner,
            Question question,
            KeyPolicy.Preference resident,
            List<Known> exclude) {
        KeyPolicy policy = ceremony.policy();
        ObjectNode options = JSON.objectNode();
        options.putObject("rp").put("id", ceremony.party().id()).put("name", partyName);
        options.putObject("user")
                .put("id", owner.handle().base64Url())
                .put("name", owner.name())
                .put("displayName", owner.displayName());
        options.put("challenge", question.challenge().base64Url());
        ArrayNode parameters = options.putArray("pubKeyCredParams");
        policy.algorithms()
                .forEach(alg -> parameters.addObject().put("type", "public-key").put("alg", alg));
        options.put("timeout", question.timeout().toMillis());
        options.set("excludeCredentials", descriptors(exclude));
        ObjectNode selection = options.putObject("authenticatorSelection");
        policy.attachment().ifPresent(attachment -> selection.put("authenticatorAttachment", attachment));
        selection
                .put("residentKey", resident.value())
                .put("requireResidentKey", resident == KeyPolicy.Preference.REQUIRED)
                .put("userVerification", policy.userVerification().value());
        return options.put("attestation", policy.attestation().value()).toString();
    }

    /** {@code PublicKeyCredentialRequestOptionsJSON}: a signature of one of these keys. */
    public static String request(
            RelyingParty party, Question question, KeyPolicy.Preference userVerification, List<Known> allowed) {
        ObjectNode options = JSON.objectNode()
                .put("challenge", question.challenge().base64Url())
                .put("timeout", question.timeout().toMillis())
                .put("rpId", party.id())
                .put("userVerification", userVerification.value());
        return options.set("allowCredentials", descriptors(allowed)).toString();
    }

    private static ArrayNode descriptors(List<Known> keys) {
        ArrayNode descriptors = JSON.arrayNode();
        keys.forEach(key -> {
            ObjectNode descriptor = descriptors
                    .addObject()
                    .put("type", "public-key")
                    .put("id", key.id().base64Url());
            if (!key.transports().isEmpty()) {
                ArrayNode transports = descriptor.putArray("transports");
                key.transports().forEach(transports::add);
            }
        });
        return descriptors;
    }
}
