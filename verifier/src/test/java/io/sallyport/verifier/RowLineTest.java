package io.sallyport.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quick way and the slow way say the same, whatever is done to a line. */
final class RowLineTest {

    private static final Map<String, String> ROW =
            Scribe.fields(7, Scribe.START, "wrong code, said \\\"no\\\" in C:\\\\temp");
    private static final String OTHERS = " 0123456789{}[]\",:\\abcxyz_-\u007f\n";
    private static final String LINE = Scribe.line(7, ROW);

    @Test
    void aRowAsTheServerWritesItIsReadTheQuickWay() {
        assertThat(quick(LINE)).contains(slow(LINE));
        assertThat(slow(LINE).position()).contains(7L);
    }

    /** What the scribe hashed are the escaped texts: with them as they are, the leaf is another. */
    @Test
    void escapedTextsAreHashedAsWhatTheyMean() {
        String plain = Scribe.line(7, Scribe.fields(7, Scribe.START, "plain"));

        assertThat(quick(plain).orElseThrow().fault()).isEmpty();
        assertThat(quick(LINE).orElseThrow().fault()).isEqualTo(slow(LINE).fault());
        assertThat(quick(LINE).orElseThrow().leaf()).isEqualTo(slow(LINE).leaf());
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\u00e9", "\u2028", "\\u0041", "\\n", "\\/", "\u0001"})
    void whatTheServerMayWriteInAnotherWayIsLeftToTheSlowWay(String part) {
        String line = Scribe.line(7, Scribe.fields(7, Scribe.START, "plain")).replace("plain", "pl" + part + "ain");

        assertThat(quick(line).map(Row::leaf))
                .isEqualTo(part.equals(" ") ? Optional.of(slow(line).leaf()) : Optional.empty());
    }

    @Test
    void whicheverByteIsChangedOrCutOffNothingElseIsRead() {
        Random random = new Random(6962);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = LINE.getBytes(UTF_8);
            int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) OTHERS.charAt(random.nextInt(OTHERS.length()));
            }
            String line = new String(bytes, 0, length, UTF_8);

            quick(line).ifPresent(row -> assertThat(row).as(line).isEqualTo(slow(line)));
        }
    }

    @Test
    void aNameThatStandsTwiceIsLeftToTheSlowWay() {
        assertThat(quick(LINE.replace("\"row\":{", "\"row\":{\"reason\":\"x\",")))
                .isEmpty();
    }

    @Test
    void itReadsNoFurtherThanItsLine() {
        byte[] two = (LINE + "\n" + LINE).getBytes(UTF_8);
        int length = LINE.getBytes(UTF_8).length;

        assertThat(RowLine.read(new Line(two, length + 1, two.length))).contains(slow(LINE));
        assertThat(RowLine.read(new Line(two, 0, length - 1))).isEmpty();
    }

    private static Optional<Row> quick(String line) {
        byte[] bytes = line.getBytes(UTF_8);
        return RowLine.read(new Line(bytes, 0, bytes.length));
    }

    private static Row slow(String line) {
        return Row.of(Json.object(line));
    }
}
