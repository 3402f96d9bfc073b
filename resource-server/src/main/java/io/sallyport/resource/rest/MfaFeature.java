package io.sallyport.resource.rest;

import io.sallyport.resource.ActionDetails;
import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.RequiredAction;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the check before every resource method with {@code @RequiresMfa}: {@code register(new MfaFeature(check, details))}. The
 * method finds the {@link io.sallyport.resource.Approval} as the request's property of that class name.
 */
public final class MfaFeature implements DynamicFeature {

    private final ApprovalCheck check;
    private final Map<String, ActionDetails<ContainerRequestContext>> details;

    /** Wants the details of every action that an annotation names. */
    public MfaFeature(ApprovalCheck check, Map<String, ActionDetails<ContainerRequestContext>> details) {
        this.check = check;
        this.details = Map.copyOf(details);
    }

    /** Throws IllegalStateException for an action without details: better at the start than at the first payment. */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        RequiredAction.of(resource.getResourceClass(), resource.getResourceMethod())
                .ifPresent(action ->
                        context.register(new MfaFilter(check, action, detailsOf(action)), Priorities.AUTHORIZATION));
    }

    private ActionDetails<ContainerRequestContext> detailsOf(String action) {
        return Optional.ofNullable(details.get(action))
                .orElseThrow(() -> new IllegalStateException("no details of " + action + ", want them in MfaFeature"));
    }
}
