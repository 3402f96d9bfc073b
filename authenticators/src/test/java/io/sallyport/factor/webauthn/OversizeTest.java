package io.sallyport.factor.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WA-14: what is too large or too deep is refused before anything is made of it. */
final class OversizeTest {

    private static final Registration CEREMONY = new Registration(
            SoftKey.PARTY,
            new KeyPolicy(
                    KeyPolicy.Preference.PREFERRED, Set.of(-7L), KeyPolicy.Conveyance.NONE, Optional.empty(), Set.of()),
            AttestationTrust.nobody(),
            id -> false);

    @Test
    @DisplayName("WA-14: an attestation object of 10 MB")
    void anAttestationObjectOfTenMegabytesIsRefused() {
        ObjectNode answer = SoftKey.plain().registration();
        answer.withObject("response").put("attestationObject", "A".repeat(10_000_000));

        assertRefused(answer.toString(), "too many characters");
    }

    @Test
    @DisplayName("WA-14: CBOR nesting 10 000")
    void cborNestedTenThousandTimesIsRefused() {
        byte[] deep = new byte[10_000];
        Arrays.fill(deep, (byte) 0x81);
        ObjectNode answer = SoftKey.plain().registration();
        answer.withObject("response").put("attestationObject", Bytes.of(deep).base64Url());

        assertRefused(answer.toString(), "nested deeper");
    }

    @Test
    @DisplayName("WA-14: JSON nesting 10 000")
    void jsonNestedTenThousandTimesIsRefused() {
        assertRefused("[".repeat(10_000), "is not JSON");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_024, 70_000})
    @DisplayName("WA-14: 70 kB credential id")
    void aLongCredentialIdIsRefused(int length) {
        ObjectNode answer = SoftKey.plain().registration();
        answer.put("id", Bytes.of(new byte[length]).base64Url());

        assertThat(CEREMONY.finish(answer.toString(), SoftKey.POSED).passed()).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("WA-14: CBOR that claims more than it has, or what no authenticator writes")
    @ValueSource(
            strings = {
                "bb7fffffffffffffff", // a map of 2^63-1 entries
                "bbffffffffffffffff", // a map of 2^64-1 entries
                "a1 61 61 5b 00 00 00 7f ff ff ff ff", // a value of 500 GB
                "bf ff", // an indefinite map
                "a1 61 61 5f ff", // an indefinite byte string
                "a2 61 61 01 61 61 02", // a key twice
                "a1 81 01 01", // a list as a key
                "a1 61 61 c1 01", // a tag
                "a1 61 61 f6", // null
                "a1 61 61 fb 00 00 00 00 00 00 00 00", // a floating-point number
                "a1 61 ff 01", // a text that is not UTF-8
                "a1 61 61", // no value
                "a0 00", // something behind it
                ""
            })
    void cborThatLiesIsRefused(String hex) {
        Bytes bytes = hex(hex);

        assertThatExceptionOfType(Refused.class).isThrownBy(() -> Cbor.map(bytes, "it"));
    }

    @Test
    void cborThatAuthenticatorsWriteIsRead() {
        Object read = Cbor.map(hex("a4 61 61 19 01 00 20 81 f5 03 42 01 02 61 62 a1 61 63 1a 00 01 00 00"), "it");

        assertThat(read.toString()).isEqualTo("{a=256, -1=[true], 3=2 bytes, b={c=65536}}");
    }

    @Test
    void cborIsReadEightLevelsDeepAndNoFurther() {
        String deepest = "a1 01 " + "81 ".repeat(7);

        assertThat(Cbor.map(hex(deepest + "01"), "it").toString()).isEqualTo("{1=[[[[[[[1]]]]]]]}");
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Cbor.map(hex(deepest + "81 01"), "it"))
                .withMessageContaining("nested deeper than 8");
    }

    @Test
    void mapsInMapsAreCountedAsLevelsToo() {
        String deepest = "a1 01 ".repeat(8);

        assertThat(Cbor.map(hex(deepest + "01"), "it")).hasSize(1);
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> Cbor.map(hex("a1 01 " + deepest + "01"), "it"))
                .withMessageContaining("nested deeper than 8");
    }

    private static void assertRefused(String answer, String reason) {
        assertThat(CEREMONY.finish(answer, SoftKey.POSED))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(reason));
    }

    private static Bytes hex(String text) {
        return Bytes.of(HexFormat.of().parseHex(text.replace(" ", "")));
    }
}
