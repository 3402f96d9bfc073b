package io.sallyport.journey;

import io.sallyport.resource.ApprovalCheck;
import io.sallyport.resource.RequiresMfa;
import io.sallyport.resource.ResourceSettings;
import io.sallyport.resource.servlet.Exchange;
import io.sallyport.resource.spring.MfaAccessDeniedHandler;
import io.sallyport.resource.spring.MfaMethods;
import io.sallyport.resource.spring.MfaRequests;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** An application on Spring Security's own resource server, with our library before two of its actions. */
final class SpringErp {

    static final String CLIENT = "erp";

    private static final Map<String, Object> RUN = Map.of("amount", 1250.5, "currency", "EUR", "payee", "Café & Söhne");

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    private SpringErp() {}

    static SpringErp start(URI issuer) throws Exception {
        SpringErp erp = new SpringErp();
        AnnotationConfigWebApplicationContext spring = new AnnotationConfigWebApplicationContext();
        spring.addBeanFactoryPostProcessor(factory -> factory.registerSingleton(
                "settings",
                ResourceSettings.from(Map.of(
                        "sallyport.issuer",
                        issuer.toString(),
                        "sallyport.audience",
                        CLIENT,
                        "sallyport.timeout",
                        "30"))));
        spring.register(Beans.class);
        ServletContextHandler context = new ServletContextHandler();
        ServletHolder servlet = new ServletHolder(new DispatcherServlet(spring));
        servlet.setInitOrder(1);
        context.addServlet(servlet, "/*");
        context.addFilter(
                new FilterHolder(new DelegatingFilterProxy("springSecurityFilterChain", spring)),
                "/*",
                EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
        spring.setServletContext(context.getServletContext());
        erp.connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        erp.server.addConnector(erp.connector);
        erp.server.setHandler(context);
        erp.server.start();
        return erp;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
    }

    void stop() throws Exception {
        server.stop();
    }

    @Configuration
    @EnableWebMvc
    @EnableWebSecurity
    @EnableMethodSecurity(proxyTargetClass = true)
    static class Beans {

        @Bean
        static ApprovalCheck check(ResourceSettings settings) {
            return ApprovalCheck.of(settings);
        }

        @Bean
        JwtDecoder tokens(ResourceSettings settings) {
            return JwtDecoders.fromIssuerLocation(settings.issuer().toString());
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http, ApprovalCheck check) {
            return http.csrf(csrf -> csrf.disable())
                    .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                    .oauth2ResourceServer(resource -> resource.jwt(Customizer.withDefaults()))
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/runs/{id}/release")
                            .access(new MfaRequests(
                                    check,
                                    "approve_payment",
                                    context -> context.getVariables().get("id").equals("7") ? RUN : Map.of()))
                            .anyRequest()
                            .authenticated())
                    .exceptionHandling(handling -> handling.accessDeniedHandler(
                            new MfaAccessDeniedHandler(new BearerTokenAccessDeniedHandler())))
                    .build();
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static AuthorizationManagerBeforeMethodInterceptor mfa(ApprovalCheck check) {
            return MfaMethods.advisor(check, Map.of("export_all_data", call -> Map.of()));
        }

        @Bean
        Archive archive() {
            return new Archive();
        }

        @Bean
        Pages pages(Archive archive) {
            return new Pages(archive);
        }
    }

    /** What only an approval may reach. */
    static class Archive {

        @RequiresMfa(action = "export_all_data")
        String export() {
            return "all data";
        }
    }

    /** The addresses of the application. */
    @RestController
    static class Pages {

        private final Archive archive;

        Pages(Archive archive) {
            this.archive = archive;
        }

        @GetMapping("/me")
        String me(@AuthenticationPrincipal Jwt token) {
            return token.getSubject() + " " + token.getClaimAsString("mfa_method");
        }

        @PostMapping("/runs/{id}/release")
        String release(HttpServletRequest request, @PathVariable("id") String id) {
            return id + " by " + Exchange.approval(request).orElseThrow().id();
        }

        @PostMapping("/export")
        String export() {
            return archive.export();
        }
    }
}
