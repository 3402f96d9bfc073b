package io.sallyport.verifier;

import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.JointProof;
import java.util.Optional;

/** Whoever takes the lines of a trail in their order; each method says what is wrong, if something is. */
interface Check extends AutoCloseable {

    /** A checkpoint that did not come with the trail; all of them before its first row. */
    Optional<Finding> outside(Witness witness);

    /** Such a one that is about another realm, as it says itself. */
    void passOver();

    /** The oldest rows were removed, and the realm signed what their tree was; before all rows. */
    Optional<Finding> cut(Cut cut);

    /** The next row. */
    Optional<Finding> row(Row row);

    /** A checkpoint that came with the trail. */
    Optional<Finding> checkpoint(Witness witness);

    /** What shows that the rows since the one before it are in the first checkpoint. */
    Optional<Finding> proof(JointProof proof);

    /** The realm's word about all that came before: nothing comes after it. */
    Optional<Finding> manifest();

    /** After the last line. */
    Optional<Finding> end();

    /** Whether every row was held against something that the realm signed as it happened; asked after the end. */
    boolean isHeldAgainstSigned();

    /** What was found to be in order. */
    String summary();

    @Override
    default void close() {}
}
