package io.sallyport.factor.webauthn;

import static io.sallyport.factor.webauthn.SoftKey.PARTY;
import static io.sallyport.factor.webauthn.SoftKey.POSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WA-02: the structural cases of FIDO's server list, Server-ServerAuthenticatorAssertionResponse-Resp-1 to -3. */
final class AssertionRefusalsTest {

    private static final int UP = 0x01;
    private static final int UP_UV = 0x05;

    private static final SoftKey KEY = SoftKey.plain();
    private static final Assertion CEREMONY = new Assertion(
            PARTY, KeyPolicy.Preference.REQUIRED, List.of(SoftKey.plain().stored(), KEY.stored()), SoftKey.USER);

    @Test
    @DisplayName("WA-02: what the cases spoil is accepted unspoiled")
    void theHonestAnswerIsAccepted() {
        assertThat(CEREMONY.finish(KEY.assertion(UP_UV, 11).toString(), POSED).passed())
                .hasValueSatisfying(proof -> assertThat(proof.signCount()).isEqualTo(11));
    }

    @Test
    @DisplayName("WA-02: there are forty-three of them, F-4 of Resp-3 being the counter's")
    void noneIsLeftOut() {
        assertThat(Stream.of(structure(), clientData(), authenticatorData()).flatMap(cases -> cases))
                .hasSize(42)
                .extracting(Refusal::name)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "WA-02 {0}")
    @MethodSource({"structure", "clientData", "authenticatorData"})
    void isRefused(Refusal refusal) {
        ObjectNode answer = KEY.assertion(UP_UV, 11);
        refusal.spoil().accept(answer);

        Outcome<Proof> outcome = CEREMONY.finish(answer.toString(), POSED);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(refusal.noticed()));
    }

    @Test
    @DisplayName("WA-02 Resp-3 F-4 the counter is not increased")
    void theCounterIsNotIncreased() {
        Proof proof = CEREMONY.finish(KEY.assertion(UP_UV, 10).toString(), POSED)
                .passed()
                .orElseThrow();

        assertThat(SignCount.of(proof.signCount(), 10)).isEqualTo(SignCount.POSSIBLE_CLONE);
    }

    static Stream<Refusal> structure() {
        return Stream.of(
                Refusal.of("Resp-1 F-1 id is missing", "id is missing", json -> json.remove("id")),
                Refusal.of("Resp-1 F-2 id is no text", "id is not a text", json -> json.putArray("id")),
                Refusal.of("Resp-1 F-3 id is not base64url", "id is not base64url", json -> json.put("id", "a b")),
                Refusal.of("Resp-1 F-4 type is missing", "type is missing", json -> json.remove("type")),
                Refusal.of("Resp-1 F-5 type is no text", "type is not a text", json -> json.put("type", 1)),
                Refusal.of("Resp-1 F-6 type is another", "type is not public-key", json -> json.put("type", "key")),
                Refusal.of("Resp-1 F-7 response is missing", "response is missing", json -> json.remove("response")),
                Refusal.of("Resp-1 F-8 response is no object", "not an object", json -> json.putArray("response")),
                missing("F-9", "clientDataJSON"),
                noText("F-10", "clientDataJSON"),
                empty("F-11", "clientDataJSON"),
                missing("F-12", "authenticatorData"),
                noText("F-13", "authenticatorData"),
                noBase64Url("F-14", "authenticatorData"),
                empty("F-15", "authenticatorData"),
                missing("F-16", "signature"),
                noText("F-17", "signature"),
                noBase64Url("F-18", "signature"),
                empty("F-19", "signature"),
                Refusal.inResponse(
                        "Resp-1 F-20 signature does not hold",
                        "the signature does not hold",
                        response -> response.put(
                                "signature",
                                KEY.assertion(UP_UV, 12)
                                        .path("response")
                                        .path("signature")
                                        .textValue())),
                noText("F-21", "userHandle"));
    }

    static Stream<Refusal> clientData() {
        return ClientDataRefusals.of("webauthn.get", "webauthn.create", spoil -> json -> {
            ObjectNode c = SoftKey.clientDataJson("webauthn.get");
            spoil.accept(c);
            json.setAll(KEY.assertion(SoftKey.utf8(c.toString()), SoftKey.authData(PARTY.id(), UP_UV, 11)));
        });
    }

    static Stream<Refusal> authenticatorData() {
        Bytes clientData = SoftKey.clientData("webauthn.get");
        Bytes honest = SoftKey.authData(PARTY.id(), UP_UV, 11);
        return Stream.of(
                Refusal.of(
                        "Resp-3 F-1 there are leftover bytes",
                        "leftover bytes",
                        json -> json.setAll(KEY.assertion(
                                clientData, SoftKey.joined(honest, Bytes.of(new byte[] {1, 2, 3}))))),
                Refusal.of(
                        "Resp-3 F-2 rpIdHash is another",
                        "another RP ID",
                        json -> json.setAll(KEY.assertion(clientData, SoftKey.authData("evil.test", UP_UV, 11)))),
                Refusal.of(
                        "Resp-3 F-3 the hash of the client data is another",
                        "the signature does not hold",
                        json -> json.setAll(KEY.assertion(clientData, honest, honest.sha256()))),
                Refusal.of(
                        "Resp-3 F-5 only UP is set where UV is required",
                        "the user was not verified",
                        json -> json.setAll(KEY.assertion(clientData, SoftKey.authData(PARTY.id(), UP, 11)))));
    }

    private static Refusal missing(String number, String member) {
        String name = "Resp-1 " + number + " " + member + " is missing";
        return Refusal.inResponse(name, member + " is missing", response -> response.remove(member));
    }

    private static Refusal noText(String number, String member) {
        String name = "Resp-1 " + number + " " + member + " is no text";
        return Refusal.inResponse(name, member + " is not a text", response -> response.putObject(member));
    }

    private static Refusal noBase64Url(String number, String member) {
        String name = "Resp-1 " + number + " " + member + " is not base64url";
        return Refusal.inResponse(name, member + " is not base64url", response -> response.put(member, "AA=="));
    }

    private static Refusal empty(String number, String member) {
        String name = "Resp-1 " + number + " " + member + " is empty";
        return Refusal.inResponse(name, member + " is empty", response -> response.put(member, ""));
    }
}
