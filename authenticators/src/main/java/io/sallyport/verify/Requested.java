package io.sallyport.verify;

import io.sallyport.factor.Approval;
import io.sallyport.factor.Transaction;

/**
 * An approval that somebody asks for, with what is approved.
 *
 * @param approval as it is stored
 * @param transaction what people see
 */
public record Requested(Approval approval, Transaction transaction) {

    /** Id of the challenge, and of the approval once it is given. */
    public String id() {
        return approval.id();
    }
}
