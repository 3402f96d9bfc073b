package io.sallyport.resource.spring;

import static io.sallyport.resource.FakeRealm.PAYMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.FakeRealm;
import io.sallyport.resource.RequiresMfa;
import io.sallyport.resource.Sending;
import io.sallyport.resource.servlet.Exchange;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.Callable;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** Requests and methods in a real Spring application, with callers that Spring itself knows nothing of. */
final class SpringTest {

    private final FakeRealm realm = new FakeRealm();
    private final Server server = new Server();
    private URI address;

    @BeforeEach
    void start() throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.addBeanFactoryPostProcessor(
                factory -> factory.registerSingleton("check", ApprovalCheck.of(realm.settings())));
        spring.register(Application.class);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder servlet = new ServletHolder(new DispatcherServlet(spring));
        servlet.setAsyncSupported(true);
        servlet.setInitOrder(1);
        context.addServlet(servlet, "/*");
        FilterHolder security = new FilterHolder(new DelegatingFilterProxy("springSecurityFilterChain", spring));
        security.setAsyncSupported(true);
        context.addFilter(
                security, "/*", EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        spring.setServletContext(context.getServletContext());
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
    void anApprovalLetsARequestThroughOnce() {
        String token = realm.token("approval-1");

        HttpResponse<String> first = Sending.post(address.resolve("payments/7"), token);
        HttpResponse<String> second = Sending.post(address.resolve("payments/7"), token);

        assertThat(first.body()).isEqualTo("approved by approval-1");
        Sending.assertMfaRequired(second);
    }

    @Test
    void anAsynchronousAnswerNeedsNoSecondApproval() {
        assertThat(Sending.post(address.resolve("payments/7/later"), realm.token("approval-1"))
                        .body())
                .isEqualTo("approved by approval-1");
    }

    @Test
    void anApprovalRunsAMethodOnceWithItsArguments() {
        String token = realm.token("approval-1");

        HttpResponse<String> first = Sending.post(address.resolve("exports/Ada"), token);
        HttpResponse<String> second = Sending.post(address.resolve("exports/Ada"), token);
        HttpResponse<String> other = Sending.post(address.resolve("exports/Eve"), realm.token("approval-2"));

        assertThat(first.body()).isEqualTo("paid Ada");
        Sending.assertMfaRequired(second);
        Sending.assertMfaRequired(other);
    }

    @Test
    void withoutATokenNothingRuns() {
        assertThat(Sending.post(address.resolve("payments/7")).statusCode()).isEqualTo(401);
        assertThat(Sending.post(address.resolve("exports/Ada")).statusCode()).isEqualTo(401);
    }

    @Configuration
    @EnableWebMvc
    @EnableWebSecurity
    @EnableMethodSecurity(proxyTargetClass = true)
    static class Application {

        @Bean
        SecurityFilterChain security(HttpSecurity http, ApprovalCheck check) {
            return http.csrf(csrf -> csrf.disable())
                    .anonymous(anonymous -> anonymous.disable())
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/payments/{run}/**")
                            .access(new MfaRequests(
                                    check,
                                    FakeRealm.ACTION,
                                    context -> context.getVariables().get("run").equals("7") ? PAYMENT : Map.of()))
                            .anyRequest()
                            .permitAll())
                    .exceptionHandling(handling ->
                            handling.accessDeniedHandler(new MfaAccessDeniedHandler(new AccessDeniedHandlerImpl())))
                    .build();
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static AuthorizationManagerBeforeMethodInterceptor mfa(ApprovalCheck check) {
            return MfaMethods.advisor(
                    check,
                    Map.of(
                            FakeRealm.ACTION,
                            call -> Map.of("amount", 1250.5, "currency", "EUR", "payee", call.getArguments()[0])));
        }

        @Bean
        Treasury treasury() {
            return new Treasury();
        }

        @Bean
        Pages pages(Treasury treasury) {
            return new Pages(treasury);
        }
    }

    static class Treasury {
        @RequiresMfa(action = FakeRealm.ACTION)
        String pay(String payee) {
            return "paid " + payee;
        }
    }

    @RestController
    static class Pages {

        private final Treasury treasury;

        Pages(Treasury treasury) {
            this.treasury = treasury;
        }

        @PostMapping("/payments/{run}")
        String approve(HttpServletRequest request) {
            return "approved by " + Exchange.approval(request).orElseThrow().id();
        }

        @PostMapping("/payments/{run}/later")
        Callable<String> approveLater(HttpServletRequest request) {
            return () -> approve(request);
        }

        @PostMapping("/exports/{payee}")
        String pay(@PathVariable("payee") String payee) {
            return treasury.pay(payee);
        }
    }
}
