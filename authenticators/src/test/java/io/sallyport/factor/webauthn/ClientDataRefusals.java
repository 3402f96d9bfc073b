package io.sallyport.factor.webauthn;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Resp-2 of FIDO's server list: the same seventeen cases for both ceremonies. */
final class ClientDataRefusals {

    private ClientDataRefusals() {}

    /**
     * The cases.
     *
     * @param right the type of the ceremony
     * @param other the type of the other one
     * @param into puts spoiled client data into an answer
     */
    static Stream<Refusal> of(String right, String other, Function<Consumer<ObjectNode>, Consumer<ObjectNode>> into) {
        Row row = (name, noticed, spoil) -> Refusal.of("Resp-2 " + name, noticed, into.apply(spoil));
        String notText = " is not a text";
        String notType = "C.type is not " + right;
        return Stream.of(
                row.of("F-1 type is missing", "C.type is missing", c -> c.remove("type")),
                row.of("F-2 type is no text", "C.type" + notText, c -> c.put("type", 1)),
                row.of("F-3 type is empty", notType, c -> c.put("type", "")),
                row.of("F-4 type is another", notType, c -> c.put("type", right.toUpperCase(Locale.ROOT))),
                row.of("F-5 type is of the other ceremony", notType, c -> c.put("type", other)),
                row.of("F-6 challenge is missing", "C.challenge is missing", c -> c.remove("challenge")),
                row.of("F-7 challenge is no text", "C.challenge" + notText, c -> c.put("challenge", 1)),
                row.of("F-8 challenge is empty", "C.challenge is empty", c -> c.put("challenge", "")),
                row.of("F-9 challenge is not base64url", "not base64url", c -> c.put("challenge", "=+/=")),
                row.of(
                        "F-10 challenge is another",
                        "not the one of this ceremony",
                        c -> c.put("challenge", SoftKey.CHALLENGE.sha256().base64Url())),
                row.of("F-11 origin is missing", "C.origin is missing", c -> c.remove("origin")),
                row.of("F-12 origin is no text", "C.origin" + notText, c -> c.putObject("origin")),
                row.of("F-13 origin is empty", "origin is not configured", c -> c.put("origin", "")),
                row.of(
                        "F-14 origin is another",
                        "origin is not configured",
                        c -> c.put("origin", "https://login.example.org.evil.test")),
                row.of("F-15 tokenBinding is no object", "not an object", c -> c.put("tokenBinding", "supported")),
                row.of(
                        "F-16 tokenBinding has no status",
                        "status is missing",
                        c -> c.putObject("tokenBinding").put("id", "eA")),
                row.of(
                        "F-17 tokenBinding has another status",
                        "tokenBinding.status",
                        c -> c.putObject("tokenBinding").put("status", "absent")));
    }

    @FunctionalInterface
    private interface Row {
        Refusal of(String name, String noticed, Consumer<ObjectNode> spoil);
    }
}
