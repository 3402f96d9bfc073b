package io.sallyport.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LeafTest {

    private static final byte[] SALT = new byte[Leaf.SALT];
    private static final Hash ANY = Hash.empty();

    @Test
    void everyFieldIsHashedInItsPart() {
        List<Hash> seen = new ArrayList<>();
        for (Part part : Part.values()) {
            for (String field : part.fields()) {
                for (String value : List.of("", "a", "b")) {
                    seen.add(leaf(3, Map.of(field, value)));
                }
            }
        }
        seen.add(leaf(3, Map.of()));
        seen.add(leaf(4, Map.of()));
        seen.add(leaf(3L << 32, Map.of()));

        assertThat(seen).doesNotHaveDuplicates();
    }

    @Test
    void aValueDoesNotFlowIntoTheNextField() {
        assertThat(leaf(0, Map.of("user_id", "ab", "reason", "c")))
                .isNotEqualTo(leaf(0, Map.of("user_id", "a", "reason", "bc")));
    }

    @Test
    void theHashOfARowIsTheSameForEver() {
        Map<String, String> row = new HashMap<>();
        for (Part part : Part.values()) {
            part.fields().forEach(field -> row.put(field, "the " + field + " – é\u20ac"));
        }

        assertThat(leaf(1, row)).hasToString("5wDNuUI3FNrHrWQd_zng2bceb5219N6_-3JkF34Fwi4");
    }

    @Test
    void aPartIsNotAnotherOne() {
        assertThat(commitment(Part.SUBJECT, SALT, Map.of())).isNotEqualTo(commitment(Part.ACTOR, SALT, Map.of()));
    }

    @Test
    void withAnotherSaltItIsAnotherCommitment() {
        byte[] other = SALT.clone();
        other[15] = 1;

        assertThat(commitment(Part.SUBJECT, other, Map.of())).isNotEqualTo(commitment(Part.SUBJECT, SALT, Map.of()));
        assertThatThrownBy(() -> commitment(Part.SUBJECT, Arrays.copyOf(SALT, 15), Map.of()))
                .hasMessage("salt of 15 bytes, want 16");
    }

    @Test
    void aCheckpointIsPlainJson() {
        Checkpoint checkpoint =
                new Checkpoint("1f0c-a", 7, ANY, Instant.parse("2026-01-02T03:04:05.006Z"), Instant.EPOCH);

        assertThat(checkpoint.payload())
                .isEqualTo(
                        "{\"realm_id\":\"1f0c-a\",\"size\":7,\"root\":\"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU\","
                                + "\"time\":\"2026-01-02T03:04:05.006Z\",\"complete_at\":\"1970-01-01T00:00:00Z\"}");
        assertThat(new Checkpoint("a\"\\\n", 7, ANY, Instant.EPOCH, Instant.EPOCH).payload())
                .startsWith("{\"realm_id\":\"a\\u0022\\u005c\\u000a\",");
        assertThatThrownBy(() -> new Checkpoint("r", -1, ANY, Instant.EPOCH, Instant.EPOCH))
                .hasMessage("size = -1, want 0 or more");
    }

    private static Hash leaf(long position, Map<String, String> row) {
        return Leaf.of(
                position,
                Fields.of(field -> Optional.ofNullable(row.get(field))),
                commitment(Part.SUBJECT, SALT, row),
                commitment(Part.ACTOR, SALT, row));
    }

    private static Hash commitment(Part part, byte[] salt, Map<String, String> row) {
        return Leaf.commitment(part, salt, Fields.of(field -> Optional.ofNullable(row.get(field))));
    }
}
