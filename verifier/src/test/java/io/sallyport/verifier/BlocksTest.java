package io.sallyport.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlocksTest {

    @Test
    void linesEndAsTheyDoAnywhere() throws IOException {
        assertThat(read("a\nb\r\n\nc")).containsExactly("a", "b", "", "c");
        assertThat(read("a\n")).containsExactly("a");
        assertThat(read("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000, 262_143, 262_144, 262_145, 1_000_000})
    void aLineMayGoOverTheEndOfABlock(int length) throws IOException {
        List<String> lines = IntStream.range(0, 5)
                .mapToObj(number -> String.valueOf(number).repeat(length))
                .toList();

        assertThat(read(lines.stream().collect(Collectors.joining("\n")))).isEqualTo(lines);
        assertThat(read(lines.stream().map(line -> line + "\n").collect(Collectors.joining())))
                .isEqualTo(lines);
    }

    @Test
    void aLineThatIsNoRowOfOursDoesNotFillTheMemory() {
        assertThatThrownBy(() -> read("x".repeat(6 * 1024 * 1024)))
                .isInstanceOf(Unreadable.class)
                .hasMessageStartingWith("a line of more than ");
    }

    private static List<String> read(String text) throws IOException {
        Blocks blocks = new Blocks(new ByteArrayInputStream(text.getBytes(UTF_8)));
        List<String> read = new ArrayList<>();
        for (Optional<Block> next = blocks.next(); next.isPresent(); next = blocks.next()) {
            next.get().lines().forEach(line -> read.add(line.text()));
        }
        return read;
    }
}
