package io.sallyport.verifier;

import io.sallyport.audit.seal.Fields;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.Leaf;
import io.sallyport.audit.seal.Part;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One row of an export.
 *
 * @param position its place; absent while it was not sealed
 * @param dated when the row says that it happened
 * @param isErased whether a person was erased from it
 * @param leaf what follows from what it says
 * @param fault empty if it is as it was sealed
 */
record Row(
        Optional<Long> position,
        Optional<String> eventId,
        Optional<String> realmId,
        Optional<Instant> dated,
        boolean isErased,
        Hash leaf,
        Optional<String> fault) {

    /** All that is sealed of a row. */
    static final List<String> FIELDS =
            Arrays.stream(Part.values()).flatMap(part -> part.fields().stream()).toList();

    private static final Set<String> KNOWN =
            Set.of("position", "leaf_hash", "subject_salt", "subject_hash", "actor_salt", "actor_hash", "row");
    private static final Set<String> KNOWN_FIELDS = Set.copyOf(FIELDS);

    /**
     * The row of a line.
     *
     * @throws Unreadable if there is none, or more than what is sealed
     */
    static Row of(Map<String, Object> line) {
        if (!KNOWN.containsAll(line.keySet())) {
            throw new Unreadable("what no seal is about: " + line.keySet());
        }
        Map<String, Object> said = Json.asObject(line.getOrDefault("row", ""), "row");
        said.forEach((name, value) -> {
            if (!KNOWN_FIELDS.contains(name) || !(value instanceof String)) {
                throw new Unreadable("what no seal is about: " + name);
            }
        });
        Object place = line.get("position");
        if (place != null && !(place instanceof Long)) {
            throw new Unreadable("a position that is no number");
        }
        Optional<Long> position = Optional.ofNullable((Long) place);
        Fields fields = Fields.of(name -> text(said, name));
        Hash leaf = Leaf.of(
                position.orElse(-1L),
                fields,
                commitment(Part.SUBJECT, line, fields),
                commitment(Part.ACTOR, line, fields));
        boolean speaks = Arrays.stream(Part.values()).anyMatch(part -> saysErased(part, line, said));
        return new Row(
                position,
                text(said, "event_id"),
                text(said, "realm_id"),
                text(said, "timestamp").flatMap(Row::time),
                isErased(Part.SUBJECT, line) || isErased(Part.ACTOR, line),
                leaf,
                fault(speaks, leaf.toString().equals(line.get("leaf_hash"))));
    }

    /** What is wrong with a row in itself. */
    static Optional<String> fault(boolean speaks, boolean isSealed) {
        if (speaks) {
            return Optional.of("says something where it was erased");
        }
        return isSealed ? Optional.empty() : Optional.of("is not what was sealed at this place");
    }

    /** Epoch milliseconds. */
    static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(text)));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    Instant time() {
        return dated.orElseThrow(() -> new Unreadable("a row without a time"));
    }

    private static boolean isErased(Part part, Map<String, Object> line) {
        return part != Part.FACTS && line.containsKey(prefix(part) + "_hash");
    }

    private static boolean saysErased(Part part, Map<String, Object> line, Map<String, Object> said) {
        return isErased(part, line) && part.fields().stream().anyMatch(said::containsKey);
    }

    private static Hash commitment(Part part, Map<String, Object> line, Fields fields) {
        try {
            return isErased(part, line)
                    ? Hash.parse(text(line, prefix(part) + "_hash").orElse(""))
                    : Leaf.commitment(
                            part,
                            Base64.getUrlDecoder()
                                    .decode(text(line, prefix(part) + "_salt").orElse("")),
                            fields);
        } catch (IllegalArgumentException none) {
            return Hash.empty(); // of nobody: the leaf will not match
        }
    }

    private static String prefix(Part part) {
        return part == Part.SUBJECT ? "subject" : "actor";
    }

    private static Optional<String> text(Map<String, Object> of, String name) {
        return of.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
