package io.sallyport.resource.spring;

import io.sallyport.resource.ActionDetails;
import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.servlet.Exchange;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** Needs an approval of one action for requests: {@code requestMatchers(…).access(new MfaRequests(check, action, details))}. */
public final class MfaRequests implements AuthorizationManager<RequestAuthorizationContext> {

    private final ApprovalCheck check;
    private final String action;
    private final ActionDetails<RequestAuthorizationContext> details;

    /** Of this action, with details that this extractor finds in the request and the variables of its path. */
    public MfaRequests(ApprovalCheck check, String action, ActionDetails<RequestAuthorizationContext> details) {
        this.check = check;
        this.action = action;
        this.details = details;
    }

    /** Spring Security asks for every dispatch; one request spends one approval. */
    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
        return Exchange.goesOn(context.getRequest(), action)
                ? MfaDecision.yes()
                : MfaDecision.of(
                        check.check(Exchange.call(context.getRequest()), action, () -> details.of(context)),
                        context.getRequest());
    }
}
