package io.sallyport.verifier;

import io.sallyport.audit.seal.Fields;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.Leaf;
import io.sallyport.audit.seal.Part;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A row in the very bytes in which the server writes it, the way nearly all rows come. Whatever is written in another way
 * is left to {@link Json}, which understands the same and takes several times as long.
 */
final class RowLine implements Fields {

    private static final byte[] POSITION = ascii("{\"position\":");
    private static final byte[] LEAF = ascii(",\"leaf_hash\":\"");
    private static final byte[] SUBJECT = ascii("\",\"subject_salt\":\"");
    private static final byte[] ACTOR = ascii("\",\"actor_salt\":\"");
    private static final byte[] ROW = ascii("\",\"row\":{\"");
    private static final byte[] IS = ascii(":\"");
    private static final byte[] NEXT = ascii(",\"");
    private static final byte[] END = ascii("}}");
    private static final int HASH = 43;
    private static final int SALT = 22;
    private static final int MAX_DIGITS = 18;
    private static final List<byte[]> NAMES =
            Row.FIELDS.stream().map(RowLine::ascii).toList();

    private static final Map<String, Integer> FIELDS = IntStream.range(0, Row.FIELDS.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(Row.FIELDS::get, Function.identity()));

    private final byte[] bytes;
    private final int end;
    private final byte[][] in = new byte[NAMES.size()][];
    private final int[] from = new int[NAMES.size()];
    private final int[] length = new int[NAMES.size()];
    private int at;

    private RowLine(Line line) {
        this.bytes = line.bytes();
        this.at = line.from();
        this.end = line.to();
    }

    /** The row; empty if it is written in another way. */
    static Optional<Row> read(Line line) {
        return new RowLine(line).row();
    }

    @Override
    public void give(String name, Taker to) {
        int field = field(name);
        if (in[field] != null) {
            to.take(in[field], from[field], length[field]);
        }
    }

    private Optional<Row> row() {
        if (!skips(POSITION)) {
            return Optional.empty();
        }
        long position = number();
        if (position < 0 || !skips(LEAF)) {
            return Optional.empty();
        }
        int hash = at;
        if (!skipsPlain(HASH) || !skips(SUBJECT)) {
            return Optional.empty();
        }
        int subject = at;
        if (!skipsPlain(SALT) || !skips(ACTOR)) {
            return Optional.empty();
        }
        int actor = at;
        if (!skipsPlain(SALT) || !skips(ROW) || !readsFields() || !skips(END) || at != end) {
            return Optional.empty();
        }
        return sealed(position, hash, subject, actor);
    }

    private Optional<Row> sealed(long position, int hash, int subject, int actor) {
        Hash leaf;
        try {
            leaf = Leaf.of(
                    position,
                    this,
                    Leaf.commitment(Part.SUBJECT, salt(subject), this),
                    Leaf.commitment(Part.ACTOR, salt(actor), this));
        } catch (IllegalArgumentException noSalt) {
            return Optional.empty();
        }
        byte[] wanted = ascii(leaf.toString());
        return Optional.of(new Row(
                Optional.of(position),
                text("event_id"),
                text("realm_id"),
                text("timestamp").flatMap(Row::time),
                false,
                leaf,
                Row.fault(false, Arrays.equals(wanted, 0, HASH, bytes, hash, hash + HASH))));
    }

    /** Behind the quote that begins the first name, up to the quote that ends the last value. */
    private boolean readsFields() {
        do {
            int field = name();
            if (field < 0 || in[field] != null || !skips(IS) || !readsValue(field)) {
                return false;
            }
        } while (skips(NEXT));
        return true;
    }

    /** The field whose name stands here with a quote behind it; negative if there is none. */
    private int name() {
        for (int field = 0; field < NAMES.size(); field++) {
            byte[] name = NAMES.get(field);
            int after = at + name.length;
            if (after < end && bytes[after] == '"' && Arrays.equals(name, 0, name.length, bytes, at, after)) {
                at = after + 1;
                return field;
            }
        }
        return -1;
    }

    private boolean readsValue(int field) {
        int begin = at;
        while (at < end && isPlain(bytes[at])) {
            at++;
        }
        if (at < end && bytes[at] == '\\') {
            return readsEscaped(field, begin);
        }
        in[field] = bytes;
        from[field] = begin;
        length[field] = at - begin;
        return skips('"');
    }

    /** A text within a text, as the details of a row are: its quotes and backslashes have a backslash before them. */
    private boolean readsEscaped(int field, int begin) {
        byte[] text = Arrays.copyOfRange(bytes, begin, end);
        int size = at - begin;
        while (at < end && bytes[at] != '"') {
            boolean escaped = skips('\\');
            if (at >= end || (escaped ? bytes[at] != '"' && bytes[at] != '\\' : !isPlain(bytes[at]))) {
                return false;
            }
            text[size++] = bytes[at++];
        }
        in[field] = text;
        length[field] = size;
        return skips('"');
    }

    /** A printing character of ASCII that stands for itself. */
    private static boolean isPlain(byte one) {
        return one >= ' ' && one != '"' && one != '\\';
    }

    /** A whole number as JSON writes it, negative if there is none. */
    private long number() {
        int begin = at;
        long number = 0;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - begin < MAX_DIGITS) {
            number = 10 * number + bytes[at++] - '0';
        }
        boolean leadingZero = at - begin > 1 && bytes[begin] == '0';
        return at == begin || leadingZero ? -1 : number;
    }

    private boolean skips(byte[] wanted) {
        if (at + wanted.length > end || !Arrays.equals(wanted, 0, wanted.length, bytes, at, at + wanted.length)) {
            return false;
        }
        at += wanted.length;
        return true;
    }

    private boolean skips(char wanted) {
        boolean there = at < end && bytes[at] == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private boolean skipsPlain(int many) {
        int after = at + many;
        while (at < after && at < end && isPlain(bytes[at])) {
            at++;
        }
        return at == after;
    }

    private byte[] salt(int begin) {
        return Base64.getUrlDecoder().decode(Arrays.copyOfRange(bytes, begin, begin + SALT));
    }

    private Optional<String> text(String name) {
        int field = field(name);
        return Optional.ofNullable(in[field])
                .map(bytes -> new String(bytes, from[field], length[field], StandardCharsets.US_ASCII));
    }

    /** Requires a name of {@link Row#FIELDS}. */
    private static int field(String name) {
        return FIELDS.getOrDefault(name, -1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
