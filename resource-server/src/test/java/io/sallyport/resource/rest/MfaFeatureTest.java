package io.sallyport.resource.rest;

import static io.sallyport.resource.FakeRealm.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.sallyport.resource.Approval;
import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.FakeRealm;
import io.sallyport.resource.RequiresMfa;
import io.sallyport.resource.Sending;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.glassfish.jersey.jdkhttp.JdkHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** The annotation in a real Jakarta REST server (Jersey). */
final class MfaFeatureTest {

    private final FakeRealm realm = new FakeRealm();
    private HttpServer server;
    private URI address;

    @BeforeEach
    void start() {
        MfaFeature feature = new MfaFeature(
                ApprovalCheck.of(realm.settings()),
                Map.of(
                        FakeRealm.ACTION,
                        request -> request.getUriInfo().getPathParameters().containsKey("run") ? PAYMENT : Map.of()));
        server = JdkHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"),
                new ResourceConfig().register(feature).register(Payments.class));
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stop() {
        server.stop(0);
        realm.close();
    }

    @Test
    void anApprovalRunsTheMethodOnce() {
        String token = realm.token("approval-1");

        HttpResponse<String> first = Sending.post(address.resolve("payments/7"), token);
        HttpResponse<String> second = Sending.post(address.resolve("payments/7"), token);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("approved by approval-1");
        Sending.assertMfaRequired(second);
    }

    @Test
    void anAnnotationOnTheInterfaceHolds() {
        assertThat(Sending.post(address.resolve("payments/7/undo")).statusCode())
                .isEqualTo(401);
    }

    @Test
    void whatNeedsNoApprovalNeedsNoToken() {
        assertThat(Sending.post(address.resolve("payments")).body()).isEqualTo("listed");
    }

    @Test
    void twoTokensAreNone() {
        String token = realm.token("approval-1");

        assertThat(Sending.post(address.resolve("payments/7"), token, token).statusCode())
                .isEqualTo(400);
    }

    @Test
    void anActionWithoutDetailsStopsTheStart() throws Exception {
        ResourceInfo resource = Mockito.mock();
        Mockito.<Class<?>>when(resource.getResourceClass()).thenReturn(Payments.class);
        Mockito.when(resource.getResourceMethod())
                .thenReturn(Payments.class.getMethod("approve", ContainerRequestContext.class));
        MfaFeature feature = new MfaFeature(ApprovalCheck.of(realm.settings()), Map.of());

        assertThatThrownBy(() -> feature.configure(resource, Mockito.mock()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(FakeRealm.ACTION);
    }

    /** Where an annotation may stand too. */
    public interface Undoing {
        @RequiresMfa(action = FakeRealm.ACTION)
        String undo();
    }

    /** What the tests call. */
    @Path("payments")
    public static final class Payments implements Undoing {

        @POST
        public String list() {
            return "listed";
        }

        @POST
        @Path("{run}")
        @RequiresMfa(action = FakeRealm.ACTION)
        public String approve(@Context ContainerRequestContext request) {
            return "approved by " + ((Approval) request.getProperty(Approval.class.getName())).id();
        }

        @POST
        @Path("{run}/undo")
        @Override
        public String undo() {
            return "undone";
        }
    }
}
