package io.sallyport.resource.spring;

import io.sallyport.resource.ActionDetails;
import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.servlet.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.core.Authentication;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Needs an approval for methods of beans with {@code @RequiresMfa}, whose arguments are what the details are taken from. Each
 * call spends one, so a call from within the same object, which no proxy sees, needs none.
 */
public final class MfaMethods implements AuthorizationManager<MethodInvocation> {

    private final ApprovalCheck check;
    private final Map<String, ActionDetails<MethodInvocation>> details;

    private MfaMethods(ApprovalCheck check, Map<String, ActionDetails<MethodInvocation>> details) {
        this.check = check;
        this.details = Map.copyOf(details);
    }

    /** The advisor to publish as a bean with the role of infrastructure. */
    public static AuthorizationManagerBeforeMethodInterceptor advisor(
            ApprovalCheck check, Map<String, ActionDetails<MethodInvocation>> details) {
        return new AuthorizationManagerBeforeMethodInterceptor(new RequiringMethods(), new MfaMethods(check, details));
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> caller, MethodInvocation invocation) {
        String action = RequiringMethods.action(invocation)
                .orElseThrow(() -> new IllegalStateException("no @RequiresMfa on " + invocation.getMethod()));
        ActionDetails<MethodInvocation> extractor = Optional.ofNullable(details.get(action))
                .orElseThrow(() -> new IllegalStateException("no details of " + action + ", want them in MfaMethods"));
        HttpServletRequest request =
                ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes()).getRequest();
        return MfaDecision.of(check.check(Exchange.call(request), action, () -> extractor.of(invocation)), request);
    }
}
