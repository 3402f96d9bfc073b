package io.sallyport.factor.webauthn;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A strict reader of the CBOR that authenticators write (CTAP2 §6): definite lengths, unique keys, little depth. It reads
 * what a client sent before a more trusting parser does, and allocates no more than was sent.
 */
final class Cbor {

    private static final int MAX_DEPTH = 8;

    private final ByteBuffer in;

    private Cbor(ByteBuffer in) {
        this.in = in;
    }

    /** The one map that these bytes are. */
    static Map<?, ?> map(Bytes bytes, String field) {
        ByteBuffer in = ByteBuffer.wrap(bytes.toBytes());
        Map<?, ?> map = map(in, field);
        Refused.unless(!in.hasRemaining(), field + " has leftover bytes");
        return map;
    }

    /** The map that begins here; the buffer is left at its end. */
    static Map<?, ?> map(ByteBuffer in, String field) {
        try {
            if (new Cbor(in).item(0) instanceof Map<?, ?> map) {
                return map;
            }
        } catch (BufferUnderflowException | CharacterCodingException broken) {
            throw new Refused(field + " is not CBOR");
        }
        throw new Refused(field + " is not a CBOR map");
    }

    private Object item(int depth) throws CharacterCodingException {
        Refused.unless(depth <= MAX_DEPTH, "CBOR is nested deeper than " + MAX_DEPTH);
        int head = in.get() & 0xff;
        int major = head >> 5;
        if (major == 7) {
            return simple(head & 0x1f);
        }
        long argument = argument(head & 0x1f);
        return switch (major) {
            case 0 -> argument;
            case 1 -> -1 - argument;
            case 2 -> Bytes.of(bytes(argument));
            case 3 ->
                StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes(argument)))
                        .toString();
            case 4 -> list(count(argument), depth);
            case 5 -> entries(count(argument), depth);
            default -> throw new Refused("CBOR has a tag");
        };
    }

    private long argument(int info) {
        long argument = switch (info) {
            case 24 -> in.get() & 0xffL;
            case 25 -> in.getShort() & 0xffffL;
            case 26 -> in.getInt() & 0xffff_ffffL;
            case 27 -> in.getLong();
            default -> info;
        };
        Refused.unless(info < 28 && argument >= 0, "CBOR has an indefinite or too large argument");
        return argument;
    }

    private Object simple(int info) {
        return switch (info) {
            case 20 -> false;
            case 21 -> true;
            default -> throw new Refused("CBOR has a value that is neither number, text, bytes nor boolean");
        };
    }

    private byte[] bytes(long length) {
        byte[] bytes = new byte[count(length)];
        in.get(bytes);
        return bytes;
    }

    /** Every entry takes at least one byte. */
    private int count(long claimed) {
        Refused.unless(claimed <= in.remaining(), "CBOR claims more than was sent");
        return (int) claimed;
    }

    private List<Object> list(int size, int depth) throws CharacterCodingException {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(item(depth + 1));
        }
        return list;
    }

    private Map<Object, Object> entries(int size, int depth) throws CharacterCodingException {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            Object key = item(depth + 1);
            Refused.unless(key instanceof Long || key instanceof String, "a CBOR key is neither number nor text");
            Refused.unless(map.put(key, item(depth + 1)) == null, "a CBOR key stands twice");
        }
        return map;
    }
}
