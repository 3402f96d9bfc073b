package io.sallyport.resource.rest;

import io.sallyport.resource.ActionDetails;
import io.sallyport.resource.Approval;
import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.Call;
import io.sallyport.resource.Outcome;
import io.sallyport.resource.Refusal;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** The check before one resource method. */
final class MfaFilter implements ContainerRequestFilter {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private final ApprovalCheck check;
    private final String action;
    private final ActionDetails<ContainerRequestContext> details;

    MfaFilter(ApprovalCheck check, String action, ActionDetails<ContainerRequestContext> details) {
        this.check = check;
        this.action = action;
        this.details = details;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Outcome outcome = check.check(call(request), action, () -> details.of(request));
        if (outcome instanceof Outcome.Approved approved) {
            request.setProperty(Approval.class.getName(), approved.approval());
        } else if (outcome instanceof Outcome.Refused refused) {
            request.abortWith(response(refused.refusal()));
        }
    }

    private static Call call(ContainerRequestContext request) {
        List<X509Certificate> certificates =
                request.getProperty(CERTIFICATES) instanceof X509Certificate[] shown ? List.of(shown) : List.of();
        return new Call(
                request.getMethod(),
                request.getUriInfo().getAbsolutePath().toString(),
                Optional.ofNullable(request.getUriInfo().getRequestUri().getRawQuery())
                        .orElse(""),
                request.getHeaders(),
                certificates);
    }

    private static Response response(Refusal refusal) {
        Response.ResponseBuilder response =
                Response.status(refusal.status()).type(Refusal.PROBLEM).entity(refusal.body());
        refusal.headers().forEach(response::header);
        return response.build();
    }
}
