package io.sallyport.resource.servlet;

import io.sallyport.resource.ActionDetails;
import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.Outcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Needs an approval of one action for every request that it is mapped to; what comes after it reads {@link Exchange#approval}. */
public final class MfaServletFilter extends HttpFilter {

    private final transient ApprovalCheck check;
    private final transient ActionDetails<HttpServletRequest> details;
    private final String action;

    /** Of this action, with details that this extractor finds in the request. */
    public MfaServletFilter(ApprovalCheck check, String action, ActionDetails<HttpServletRequest> details) {
        this.check = check;
        this.action = action;
        this.details = details;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (Exchange.goesOn(request, action)) {
            chain.doFilter(request, response);
            return;
        }
        Outcome outcome = check.check(Exchange.call(request), action, () -> details.of(request));
        if (outcome instanceof Outcome.Approved approved) {
            Exchange.keep(request, approved.approval());
            chain.doFilter(request, response);
        } else if (outcome instanceof Outcome.Refused refused) {
            Exchange.answer(refused.refusal(), response);
        }
    }
}
