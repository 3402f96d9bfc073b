package io.sallyport.factor.webauthn;

import static io.sallyport.factor.webauthn.SoftKey.PARTY;
import static io.sallyport.factor.webauthn.SoftKey.POSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.webauthn4j.test.authenticator.webauthn.PackedAuthenticator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WA-01: the structural cases of FIDO's server list, Server-ServerAuthenticatorAttestationResponse-Resp-1 to -3. */
final class RegistrationRefusalsTest {

    private static final ObjectMapper CBOR = new CBORMapper();
    private static final int FLAGS = 32;
    private static final int HEADER = 37;

    private static final Registration CEREMONY = new Registration(
            PARTY,
            new KeyPolicy(
                    KeyPolicy.Preference.PREFERRED, Set.of(-7L), KeyPolicy.Conveyance.NONE, Optional.empty(), Set.of()),
            AttestationTrust.nobody(),
            id -> false);

    private static final SoftKey PLAIN = SoftKey.plain();
    private static final SoftKey PACKED = SoftKey.attested(new PackedAuthenticator());

    @Test
    @DisplayName("WA-01: what the cases spoil is accepted unspoiled")
    void theHonestAnswersAreAccepted() {
        assertThat(CEREMONY.finish(PLAIN.registration().toString(), POSED).passed())
                .isPresent();
        assertThat(CEREMONY.finish(PACKED.registration().toString(), POSED).passed())
                .isPresent();
    }

    @Test
    @DisplayName("WA-01: there are fifty of them")
    void noneIsLeftOut() {
        assertThat(Stream.of(structure(), clientData(), attestationObject(), packed())
                        .flatMap(cases -> cases))
                .hasSize(50)
                .extracting(Refusal::name)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "WA-01 {0}")
    @MethodSource({"structure", "clientData", "attestationObject"})
    void isRefused(Refusal refusal) {
        isRefused(PLAIN, refusal);
    }

    @ParameterizedTest(name = "WA-01 {0}")
    @MethodSource("packed")
    void packedIsRefused(Refusal refusal) {
        isRefused(PACKED, refusal);
    }

    static Stream<Refusal> structure() {
        return Stream.of(
                Refusal.of("Resp-1 F-1 id is missing", "id is missing", json -> json.remove("id")),
                Refusal.of("Resp-1 F-2 id is no text", "id is not a text", json -> json.put("id", 7)),
                Refusal.of("Resp-1 F-3 id is not base64url", "id is not base64url", json -> json.put("id", "a+b/cd==")),
                Refusal.of("Resp-1 F-4 type is missing", "type is missing", json -> json.remove("type")),
                Refusal.of("Resp-1 F-5 type is no text", "type is not a text", json -> json.put("type", true)),
                Refusal.of(
                        "Resp-1 F-6 type is another", "type is not public-key", json -> json.put("type", "password")),
                Refusal.of("Resp-1 F-7 response is missing", "response is missing", json -> json.remove("response")),
                Refusal.of("Resp-1 F-8 response is no object", "not an object", json -> json.put("response", "x")),
                Refusal.inResponse(
                        "Resp-1 F-9 clientDataJSON is missing",
                        "clientDataJSON is missing",
                        response -> response.remove("clientDataJSON")),
                Refusal.inResponse(
                        "Resp-1 F-10 clientDataJSON is no text",
                        "clientDataJSON is not a text",
                        response -> response.putObject("clientDataJSON")),
                Refusal.inResponse(
                        "Resp-1 F-11 clientDataJSON is empty",
                        "clientDataJSON is empty",
                        response -> response.put("clientDataJSON", "")),
                Refusal.inResponse(
                        "Resp-1 F-12 attestationObject is missing",
                        "attestationObject is missing",
                        response -> response.remove("attestationObject")),
                Refusal.inResponse(
                        "Resp-1 F-13 attestationObject is no text",
                        "attestationObject is not a text",
                        response -> response.putArray("attestationObject")),
                Refusal.inResponse(
                        "Resp-1 F-14 attestationObject is empty",
                        "attestationObject is empty",
                        response -> response.put("attestationObject", "")));
    }

    static Stream<Refusal> clientData() {
        return ClientDataRefusals.of("webauthn.create", "webauthn.get", spoil -> json -> {
            ObjectNode c = SoftKey.clientDataJson("webauthn.create");
            spoil.accept(c);
            json.withObject("response")
                    .put("clientDataJSON", SoftKey.utf8(c.toString()).base64Url());
        });
    }

    static Stream<Refusal> attestationObject() {
        return Stream.of(
                Refusal.inResponse(
                        "Resp-3 F-1 it is no CBOR map",
                        "not a CBOR map",
                        response -> response.put(
                                "attestationObject",
                                Bytes.of(new byte[] {(byte) 0x81, 1}).base64Url())),
                object("Resp-3 F-2 fmt is missing", "fmt or authData", map -> map.remove("fmt")),
                object("Resp-3 F-3 fmt is no text", "fmt or authData", map -> map.put("fmt", 7)),
                object("Resp-3 F-4 attStmt is missing", "attStmt is not a map", map -> map.remove("attStmt")),
                object("Resp-3 F-5 attStmt is no map", "attStmt is not a map", map -> map.put("attStmt", "x")),
                object("Resp-3 F-6 authData is missing", "fmt or authData", map -> map.remove("authData")),
                object("Resp-3 F-7 authData is no bytes", "fmt or authData", map -> map.put("authData", "x")),
                authData("Resp-3 F-8 authData is empty", "too short", bytes -> new byte[0]),
                authData("Resp-3 F-9 AT is not set, but there is a key", "leftover bytes", bytes -> {
                    bytes[FLAGS] &= ~0x40;
                    return bytes;
                }),
                authData("Resp-3 F-10 AT is not set, and there is no key", "no key in authData", bytes -> {
                    bytes[FLAGS] &= ~0x40;
                    return Arrays.copyOf(bytes, HEADER);
                }),
                authData(
                        "Resp-3 F-11 AT is set, but there is no key",
                        "too short",
                        bytes -> Arrays.copyOf(bytes, HEADER)),
                authData(
                        "Resp-3 F-12 there are leftover bytes",
                        "leftover bytes",
                        bytes -> Arrays.copyOf(bytes, bytes.length + 3)));
    }

    static Stream<Refusal> packed() {
        String noticed = "the attestation does not hold";
        return Stream.of(
                statement("Resp-3 F-13 attStmt is empty", noticed, statement -> statement.removeAll()),
                statement("Resp-3 F-14 alg is missing", noticed, statement -> statement.remove("alg")),
                statement("Resp-3 F-15 alg is no number", noticed, statement -> statement.put("alg", "x")),
                statement(
                        "Resp-3 F-16 alg is not the authenticator's", noticed, statement -> statement.put("alg", -257)),
                statement("Resp-3 F-17 sig is missing", noticed, statement -> statement.remove("sig")),
                statement("Resp-3 F-18 sig is no bytes", noticed, statement -> statement.put("sig", "x")),
                statement("Resp-3 F-19 sig is empty", noticed, statement -> statement.put("sig", new byte[0])));
    }

    private static void isRefused(SoftKey key, Refusal refusal) {
        ObjectNode answer = key.registration();
        refusal.spoil().accept(answer);

        Outcome<NewKey> outcome = CEREMONY.finish(answer.toString(), POSED);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(refusal.noticed()));
    }

    private static Refusal statement(String name, String noticed, Consumer<ObjectNode> spoil) {
        return object(name, noticed, map -> spoil.accept(map.withObject("attStmt")));
    }

    private static Refusal authData(String name, String noticed, UnaryOperator<byte[]> spoil) {
        return object(name, noticed, map -> {
            try {
                map.put("authData", spoil.apply(map.get("authData").binaryValue()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static Refusal object(String name, String noticed, Consumer<ObjectNode> spoil) {
        return Refusal.inResponse(name, noticed, response -> {
            try {
                String text = response.get("attestationObject").textValue();
                ObjectNode map = (ObjectNode) CBOR.readTree(
                        Bytes.ofBase64Url(text, "attestationObject").toBytes());
                spoil.accept(map);
                response.put(
                        "attestationObject",
                        Bytes.of(CBOR.writeValueAsBytes(map)).base64Url());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
