package io.sallyport.example.payments;

import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.ResourceSettings;
import io.sallyport.resource.servlet.MfaServletFilter;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCookie.SameSite;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The application put together: pages for people, and behind the filter the endpoint that pays. */
final class Erp {

    static final String CLIENT = "acme-payments";
    static final String ACTION = "approve_payment";

    private final Server server = new Server();
    private final URI address;

    Erp(URI issuer, int port) {
        this.address = URI.create("http://localhost:" + port + "/");
        Runs runs = new Runs();
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.getSessionHandler().setHttpOnly(true);
        context.getSessionHandler().setSameSite(SameSite.LAX);
        context.getSessionHandler().setSessionCookie("ERP_SESSION");
        context.addServlet(new ServletHolder(new Desk(runs, new SignIns(issuer, address), new Api(address))), "/*");
        context.addServlet(new ServletHolder(new PayingServlet(runs)), "/api/runs/*");
        context.addFilter(new FilterHolder(filter(issuer, runs)), "/api/*", EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(context);
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("localhost");
        connector.setPort(port);
        server.addConnector(connector);
    }

    /** All that the endpoint needs: the details come from the ERP's own records, by the id in the path. */
    private static MfaServletFilter filter(URI issuer, Runs runs) {
        ApprovalCheck check = ApprovalCheck.of(ResourceSettings.from(Map.of(
                "sallyport.issuer", issuer.toString(),
                "sallyport.audience", CLIENT,
                "sallyport.clients", CLIENT)));
        return new MfaServletFilter(
                check, ACTION, request -> runs.named(request.getPathInfo()).details());
    }

    URI address() {
        return address;
    }

    void start() throws Exception {
        server.start();
    }

    void join() throws InterruptedException {
        server.join();
    }

    void stop() throws Exception {
        server.stop();
    }
}
