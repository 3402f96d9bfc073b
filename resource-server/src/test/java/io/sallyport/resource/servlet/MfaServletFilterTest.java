package io.sallyport.resource.servlet;

import static io.sallyport.resource.FakeRealm.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.FakeRealm;
import io.sallyport.resource.Sending;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The filter in a real servlet container (Jetty). */
final class MfaServletFilterTest {

    private final FakeRealm realm = new FakeRealm();
    private final Server server = new Server();
    private URI address;

    @BeforeEach
    void start() throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        MfaServletFilter filter =
                new MfaServletFilter(ApprovalCheck.of(realm.settings()), FakeRealm.ACTION, request -> PAYMENT);
        context.addFilter(new FilterHolder(filter), "/payments/*", EnumSet.allOf(DispatcherType.class));
        ServletHolder holder = new ServletHolder(new Payments());
        holder.setAsyncSupported(true);
        context.addServlet(holder, "/*");
        server.setHandler(context);
        server.start();
        address = URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        realm.close();
    }

    @Test
    void anApprovalRunsTheServletOnce() {
        String token = realm.token("approval-1");

        HttpResponse<String> first = Sending.post(address.resolve("payments/7"), token);
        HttpResponse<String> second = Sending.post(address.resolve("payments/7"), token);

        assertThat(first.body()).isEqualTo("approved by approval-1");
        Sending.assertMfaRequired(second);
    }

    @Test
    void aForwardOfTheSameRequestSpendsNothingMore() {
        assertThat(Sending.post(address.resolve("payments/forward"), realm.token("approval-1"))
                        .body())
                .isEqualTo("approved by approval-1");
    }

    @Test
    void aForwardFromElsewhereIsChecked() {
        assertThat(Sending.post(address.resolve("open/forward")).statusCode()).isEqualTo(401);
    }

    @Test
    void twoTokensOrOneInTheAddressAreNone() {
        String token = realm.token("approval-1");

        assertThat(Sending.post(address.resolve("payments/7"), token, token).statusCode())
                .isEqualTo(400);
        assertThat(Sending.post(address.resolve("payments/7?access_token=" + token))
                        .statusCode())
                .isEqualTo(400);
    }

    private static final class Payments extends HttpServlet {
        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getDispatcherType() == DispatcherType.REQUEST
                    && request.getRequestURI().endsWith("/forward")) {
                try {
                    request.getRequestDispatcher("/payments/8").forward(request, response);
                } catch (jakarta.servlet.ServletException e) {
                    throw new IOException(e);
                }
                return;
            }
            response.getWriter()
                    .write("approved by "
                            + Exchange.approval(request).orElseThrow().id());
        }
    }
}
