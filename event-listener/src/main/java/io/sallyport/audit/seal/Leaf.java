package io.sallyport.audit.seal;

/**
 * What of a row is hashed, and how, so that two different rows never have the same bytes.
 *
 * <p>A field is 0 if it is absent, else 1, its length in four bytes and its UTF-8; numbers are decimal, times epoch
 * milliseconds. A part about people enters as its commitment: whoever erases the part and its salt keeps the commitment.
 */
public final class Leaf {

    public static final int SALT = 16;

    private static final byte VERSION = 1;

    private Leaf() {}

    /** Of the row at this position of the trail: swapped rows are changed rows. */
    public static Hash of(long position, Fields row, Hash subject, Hash actor) {
        Content content = new Content();
        content.octet(VERSION);
        content.number((int) (position >> Integer.SIZE));
        content.number((int) position);
        fields(Part.FACTS, row, content);
        content.bytes(subject.bytes());
        content.bytes(actor.bytes());
        return Hash.leaf(content);
    }

    /** What stands for a part: without the salt nobody finds out by trying who was meant. */
    public static Hash commitment(Part part, byte[] salt, Fields row) {
        if (salt.length != SALT) {
            throw new IllegalArgumentException("salt of " + salt.length + " bytes, want " + SALT);
        }
        Content content = new Content();
        content.octet(part.mark());
        content.bytes(salt);
        fields(part, row, content);
        return Hash.of(content);
    }

    private static void fields(Part part, Fields row, Content content) {
        part.fields().forEach(name -> content.field(name, row));
    }
}
