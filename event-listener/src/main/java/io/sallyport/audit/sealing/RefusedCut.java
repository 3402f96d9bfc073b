package io.sallyport.audit.sealing;

/** Old rows are not removed: what is signed does not vouch for them. */
final class RefusedCut extends RuntimeException {

    /** A row, or the way to the checkpoint, is not what was signed. */
    static final String NOT_AS_SIGNED = "rows_not_as_signed";
    /** A checkpoint that is kept says what nobody signed. */
    static final String FORGED_CHECKPOINT = "checkpoint_not_genuine";
    /** There is none by a key that the realm has or had. */
    static final String NO_CHECKPOINT = "no_genuine_checkpoint";
    /** The last cut was not signed by a key that the realm has or had. */
    static final String FORGED_CUT = "cut_not_genuine";

    private final String reason;
    private final long row;

    RefusedCut(String reason, long row) {
        super(reason + " at row " + row);
        this.reason = reason;
        this.row = row;
    }

    String reason() {
        return reason;
    }

    /** The first row that is not what was signed as far as that is known, or the size that a signature is about. */
    long row() {
        return row;
    }
}
