package io.sallyport.resource.spring;

import io.sallyport.resource.Refusal;
import io.sallyport.resource.servlet.Exchange;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Tells callers that an approval is missing; every other refusal it leaves to the application's own handler. */
public final class MfaAccessDeniedHandler implements AccessDeniedHandler {

    private final AccessDeniedHandler others;

    /** With the handler of all refusals that are not about MFA. */
    public MfaAccessDeniedHandler(AccessDeniedHandler others) {
        this.others = others;
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException, ServletException {
        Optional<Refusal> refusal = refusal(denied);
        if (refusal.isPresent()) {
            Exchange.answer(refusal.get(), response);
        } else {
            others.handle(request, response, denied);
        }
    }

    private static Optional<Refusal> refusal(AccessDeniedException denied) {
        return denied instanceof AuthorizationDeniedException refused
                        && refused.getAuthorizationResult() instanceof MfaDecision decision
                ? decision.refusal()
                : Optional.empty();
    }
}
