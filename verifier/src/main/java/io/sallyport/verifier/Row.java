package io.sallyport.verifier;

import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.Leaf;
import io.sallyport.audit.seal.Part;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One row of an export, and the leaf that follows from what it says. */
final class Row {

    private static final Set<String> KNOWN =
            Set.of("position", "leaf_hash", "subject_salt", "subject_hash", "actor_salt", "actor_hash", "row");
    private static final Set<String> FIELDS = Arrays.stream(Part.values())
            .flatMap(part -> part.fields().stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Map<String, Object> line;
    private final Map<String, Object> fields;
    private final Optional<Long> position;
    private final Hash leaf;

    /**
     * The row of a line.
     *
     * @throws Unreadable if there is none, or more than what is sealed
     */
    Row(Map<String, Object> line) {
        if (!KNOWN.containsAll(line.keySet())) {
            throw new Unreadable("what no seal is about: " + line.keySet());
        }
        this.line = line;
        this.fields = Json.asObject(line.getOrDefault("row", ""), "row");
        fields.forEach((name, value) -> {
            if (!FIELDS.contains(name) || !(value instanceof String)) {
                throw new Unreadable("what no seal is about: " + name);
            }
        });
        Object place = line.get("position");
        if (place != null && !(place instanceof Long)) {
            throw new Unreadable("a position that is no number");
        }
        this.position = Optional.ofNullable((Long) place);
        this.leaf = Leaf.of(position.orElse(-1L), this::field, commitment(Part.SUBJECT), commitment(Part.ACTOR));
    }

    /** Its place; absent while it was not sealed. */
    Optional<Long> position() {
        return position;
    }

    Hash leaf() {
        return leaf;
    }

    /** Empty if it is as it was sealed. */
    Optional<String> fault() {
        if (saysErased(Part.SUBJECT) || saysErased(Part.ACTOR)) {
            return Optional.of("says something where it was erased");
        }
        return leaf.toString().equals(text("leaf_hash"))
                ? Optional.empty()
                : Optional.of("is not what was sealed at this place");
    }

    Instant time() {
        try {
            return Instant.ofEpochMilli(Long.parseLong(field("timestamp").orElse("")));
        } catch (NumberFormatException none) {
            throw new Unreadable("a row without a time");
        }
    }

    Optional<String> field(String name) {
        return Optional.ofNullable((String) fields.get(name));
    }

    boolean isErased() {
        return isErased(Part.SUBJECT) || isErased(Part.ACTOR);
    }

    private boolean isErased(Part part) {
        return line.containsKey(part == Part.SUBJECT ? "subject_hash" : "actor_hash");
    }

    private boolean saysErased(Part part) {
        return isErased(part) && part.fields().stream().anyMatch(fields::containsKey);
    }

    private Hash commitment(Part part) {
        String prefix = part == Part.SUBJECT ? "subject" : "actor";
        try {
            return isErased(part)
                    ? Hash.parse(text(prefix + "_hash"))
                    : Leaf.commitment(part, Base64.getUrlDecoder().decode(text(prefix + "_salt")), this::field);
        } catch (IllegalArgumentException none) {
            return Hash.empty(); // of nobody: the leaf will not match
        }
    }

    private String text(String name) {
        return line.get(name) instanceof String text ? text : "";
    }
}
