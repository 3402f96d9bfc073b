package io.sallyport.verify;

import io.sallyport.factor.Transaction;
import io.sallyport.policy.Method;
import java.util.Set;

/**
 * What somebody may be asked to approve, before he is.
 *
 * @param transaction what people will see
 * @param methods the methods by which he may approve it
 */
public record Proposal(Transaction transaction, Set<Method> methods) {

    public Proposal {
        methods = Set.copyOf(methods);
    }
}
