package io.sallyport.json;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;

/** A refusal that had an effect, such as a code that is spent or a failure that counts: what was done up to it stays done. */
public final class Refused extends WebApplicationException {

    private final Problem problem;

    Refused(Problem problem, Response answer) {
        super(answer);
        this.problem = problem;
    }

    /** Why. */
    public Problem problem() {
        return problem;
    }
}
