package io.sallyport.resource.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sallyport.resource.Approval;
import io.sallyport.resource.Call;
import io.sallyport.resource.Refusal;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A servlet request as the check sees it, and a refusal as a servlet response. */
public final class Exchange {

    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

    private Exchange() {}

    /** What the check looks at. */
    public static Call call(HttpServletRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name, Collections.list(request.getHeaders(name)));
        }
        return new Call(
                request.getMethod(),
                request.getRequestURL().toString(),
                Optional.ofNullable(request.getQueryString()).orElse(""),
                headers,
                request.getAttribute(CERTIFICATES) instanceof X509Certificate[] shown ? List.of(shown) : List.of());
    }

    /** Lets the application find the approval, and a later dispatch of the same request pass. */
    public static void keep(HttpServletRequest request, Approval approval) {
        request.setAttribute(Approval.class.getName(), approval);
    }

    /** What this request was approved for; absent before the check. */
    public static Optional<Approval> approval(HttpServletRequest request) {
        return Optional.ofNullable((Approval) request.getAttribute(Approval.class.getName()));
    }

    /** Whether the container only passes a request on (asynchronous, forward, error) that was approved for this action. */
    public static boolean goesOn(HttpServletRequest request, String action) {
        return request.getDispatcherType() != DispatcherType.REQUEST
                && approval(request)
                        .filter(approval -> approval.action().equals(action))
                        .isPresent();
    }

    /** Answers with the refusal. */
    public static void answer(Refusal refusal, HttpServletResponse response) throws IOException {
        byte[] body = refusal.body().getBytes(UTF_8);
        response.setStatus(refusal.status());
        refusal.headers().forEach(response::setHeader);
        response.setContentType(Refusal.PROBLEM);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
