package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Fields;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.Leaf;
import io.sallyport.audit.seal.Part;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/** One row with its place in the tree. */
final class SealedRow {

    private final String eventId;
    private final long position;
    private final byte[] subjectSalt = new byte[Leaf.SALT];
    private final byte[] actorSalt = new byte[Leaf.SALT];
    private final Hash leaf;

    SealedRow(Map<String, String> row, long position, SecureRandom random) {
        this.eventId = row.getOrDefault("event_id", "");
        this.position = position;
        random.nextBytes(subjectSalt);
        random.nextBytes(actorSalt);
        Fields fields = Fields.of(field -> Optional.ofNullable(row.get(field)));
        this.leaf = Leaf.of(
                position,
                fields,
                Leaf.commitment(Part.SUBJECT, subjectSalt, fields),
                Leaf.commitment(Part.ACTOR, actorSalt, fields));
    }

    String eventId() {
        return eventId;
    }

    long position() {
        return position;
    }

    byte[] subjectSalt() {
        return subjectSalt.clone();
    }

    byte[] actorSalt() {
        return actorSalt.clone();
    }

    Hash leaf() {
        return leaf;
    }
}
