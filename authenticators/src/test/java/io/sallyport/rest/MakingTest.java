package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.sallyport.json.Problem;
import io.sallyport.verify.RepeatableCall;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;

/** What is said to the database, and in whose transaction. */
final class MakingTest {

    private static final RepeatableCall CALL =
            new RepeatableCall("realm", "user", "session", "client", "verify", "call-1", "{}");

    private final List<String> said = new ArrayList<>();
    private final KeycloakTransactionManager transaction = mock(KeycloakTransactionManager.class);
    private final KeycloakSession session = session("request", transaction);
    private final Making making = Making.of(session, CALL, "me");

    @BeforeAll
    static void twoConnections() {
        Config config = mock(Config.class);
        when(config.getOptionalValue("kc.db-pool-max-size", Integer.class)).thenReturn(Optional.of(2));
        ConfigProviderResolver resolver = mock(ConfigProviderResolver.class);
        when(resolver.getConfig()).thenReturn(config);
        when(resolver.getConfig(any())).thenReturn(config);
        ConfigProviderResolver.setInstance(resolver);
    }

    @AfterAll
    static void none() {
        ConfigProviderResolver.setInstance(null);
    }

    @BeforeEach
    void connect() {
        KeycloakSession own = session("own", mock(KeycloakTransactionManager.class));
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenReturn(own);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        making.begin();
    }

    @Test
    void itEndsAfterTheRequest() {
        verify(transaction).enlistAfterCompletion(making);
    }

    @Test
    void aRefusalIsKeptInTheTransactionOfTheRequest() {
        making.refused(Problem.INVALID_OTP);
        making.commit();

        assertThat(said).containsExactly("request: update to REFUSED INVALID_OTP");
    }

    @Test
    void aRefusalWhoseTransactionIsRolledBackIsKeptAfterIt() {
        when(transaction.getRollbackOnly()).thenReturn(true);

        making.refused(Problem.INVALID_OTP);
        assertThat(said).isEmpty();
        making.rollback();

        assertThat(said).containsExactly("own: update to REFUSED INVALID_OTP");
    }

    @Test
    void whatHadNoEffectIsReleasedAfterTheRequest() {
        making.rollback();

        assertThat(said).containsExactly("own: delete what is STARTED");
    }

    @Test
    void whatWasKeptIsForgottenIfItCameToNothing() {
        making.keep(session, "an id");
        making.forget();
        making.rollback();

        assertThat(said).containsExactly("request: update to DONE an id", "own: delete");
    }

    private KeycloakSession session(String name, KeycloakTransactionManager manager) {
        EntityManager em = mock(EntityManager.class);
        when(em.createQuery(anyString())).thenAnswer(given -> query(name, given.getArgument(0)));
        JpaConnectionProvider jpa = mock(JpaConnectionProvider.class);
        when(jpa.getEntityManager()).thenReturn(em);
        KeycloakSession made = mock(KeycloakSession.class);
        when(made.getProvider(JpaConnectionProvider.class)).thenReturn(jpa);
        when(made.getTransactionManager()).thenReturn(manager);
        when(made.getAttribute("sallyport.correlation", String.class)).thenReturn("a-call");
        return made;
    }

    private Query query(String name, String text) {
        Query query = mock(Query.class, RETURNS_SELF);
        List<String> values = new ArrayList<>();
        doAnswer(given -> {
                    values.add(given.getArgument(0) + "=" + given.getArgument(1));
                    return query;
                })
                .when(query)
                .setParameter(anyString(), any());
        doAnswer(given -> {
                    said.add(name + ": " + told(text, values));
                    return 1;
                })
                .when(query)
                .executeUpdate();
        return query;
    }

    private static String told(String text, List<String> values) {
        String state = value(values, "state");
        String outcome = value(values, "outcome");
        return text.startsWith("update")
                ? "update to " + state + " " + outcome
                : "delete" + (text.contains("status") ? " what is " + value(values, "started") : "");
    }

    private static String value(List<String> values, String name) {
        return values.stream()
                .filter(value -> value.startsWith(name + "="))
                .map(value -> value.substring(name.length() + 1))
                .findFirst()
                .orElse("");
    }
}
