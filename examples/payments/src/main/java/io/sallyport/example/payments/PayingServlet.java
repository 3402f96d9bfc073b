package io.sallyport.example.payments;

import io.sallyport.resource.Approval;
import io.sallyport.resource.servlet.Exchange;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Releases a payment. That it may is the filter's business: only approved requests come here. */
final class PayingServlet extends HttpServlet {

    private final transient Runs runs;

    PayingServlet(Runs runs) {
        this.runs = runs;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        Approval approval = Exchange.approval(request).orElseThrow();
        runs.release(runs.named(request.getPathInfo()), approval.id());
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
