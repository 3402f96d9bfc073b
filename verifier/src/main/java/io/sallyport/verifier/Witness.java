package io.sallyport.verifier;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Hash;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A checkpoint with a good signature.
 *
 * @param from the file that it stands in
 * @param tree what its trail is told from another one of the realm by; absent from older servers
 */
record Witness(Checkpoint checkpoint, String from, Optional<String> tree) {

    private static final String TREE = Checkpoint.CONTENT + ";tree=";

    /**
     * From what was signed.
     *
     * @throws Unreadable if that is no checkpoint
     */
    static Witness of(Keys.Verdict verdict, String from) {
        Map<String, Object> payload = verdict.payload();
        if (!(payload.get("realm_id") instanceof String realmId)
                || !(payload.get("size") instanceof Long size)
                || !(payload.get("root") instanceof String root)
                || !(payload.get("time") instanceof String time)
                || !(payload.get("complete_at") instanceof String completeAt)) {
            throw new Unreadable("no checkpoint is signed");
        }
        try {
            return new Witness(
                    new Checkpoint(realmId, size, Hash.parse(root), Instant.parse(time), Instant.parse(completeAt)),
                    from,
                    verdict.contentType()
                            .filter(type -> type.startsWith(TREE))
                            .map(type -> type.substring(TREE.length())));
        } catch (IllegalArgumentException | DateTimeException none) {
            throw new Unreadable("no checkpoint is signed");
        }
    }

    long size() {
        return checkpoint.size();
    }

    @Override
    public String toString() {
        return "the checkpoint of " + checkpoint.time() + " about " + size() + " rows in " + from;
    }
}
