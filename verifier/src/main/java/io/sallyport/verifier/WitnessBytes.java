package io.sallyport.verifier;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Hash;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checkpoints as bytes, all of one length; the few names that they share are kept beside them. */
final class WitnessBytes {

    private static final int HASH = 43;

    static final int LENGTH = Long.BYTES + HASH + 2 * (Long.BYTES + Integer.BYTES) + 3 * Integer.BYTES;

    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    void put(Witness witness, ByteBuffer to) {
        Checkpoint says = witness.checkpoint();
        to.putLong(says.size());
        to.put(says.root().toString().getBytes(US_ASCII));
        put(says.time(), to);
        put(says.completeAt(), to);
        to.putInt(number(says.realmId()));
        to.putInt(number(witness.from()));
        to.putInt(witness.tree().map(this::number).orElse(-1));
    }

    Witness get(ByteBuffer from) {
        long size = from.getLong();
        byte[] root = new byte[HASH];
        from.get(root);
        Instant time = instant(from);
        Instant completeAt = instant(from);
        String realmId = names.get(from.getInt());
        return new Witness(
                new Checkpoint(realmId, size, Hash.parse(new String(root, US_ASCII)), time, completeAt),
                names.get(from.getInt()),
                tree(from.getInt()));
    }

    private Optional<String> tree(int number) {
        return number < 0 ? Optional.empty() : Optional.of(names.get(number));
    }

    private int number(String name) {
        return numbers.computeIfAbsent(name, added -> {
            names.add(added);
            return names.size() - 1;
        });
    }

    private static void put(Instant time, ByteBuffer to) {
        to.putLong(time.getEpochSecond());
        to.putInt(time.getNano());
    }

    private static Instant instant(ByteBuffer from) {
        return Instant.ofEpochSecond(from.getLong(), from.getInt());
    }
}
