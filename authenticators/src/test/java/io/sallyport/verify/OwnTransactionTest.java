package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.KeycloakTransactionManager;

/** With a pool of two connections: one may be in such use. */
class OwnTransactionTest {

    private static final String CORRELATION = "sallyport.correlation";
    private static final KeycloakSession SESSION = session();

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

    @Test
    void whoHoldsThePermissionNeedsNoSecondOne() {
        String result = OwnTransaction.ready(() -> OwnTransaction.call(SESSION, own -> "recorded as a replay"));

        assertThat(result).isEqualTo("recorded as a replay");
    }

    @Test
    void thePermissionIsGivenBackWhateverBecomesOfTheWork() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> OwnTransaction.ready(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
            assertThatThrownBy(() -> OwnTransaction.call(SESSION, own -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }

        assertThat(OwnTransaction.<String>call(SESSION, own -> "still there")).isEqualTo("still there");
    }

    @Test
    void whoIsRefusedHoldsNothingWhileHeWaits() {
        KeycloakSession request = session();
        KeycloakTransactionManager transaction = request.getTransactionManager();

        String result = OwnTransaction.instead(request, own -> {
            verify(transaction).rollback();
            return "on the record";
        });

        assertThat(result).isEqualTo("on the record");
    }

    @Test
    void whoHasWaitedForATransactionOfHisOwnKnowsNothingAnyMore() {
        KeycloakSession request = session();
        RequestMemory memory = memory(request);

        OwnTransaction.call(request, own -> "waited");

        assertThat(memory.locks()).isEmpty();
    }

    @Test
    void norDoesWhoWaitedInVain() {
        KeycloakSession request = session();
        RequestMemory memory = memory(request);

        assertThatThrownBy(() -> OwnTransaction.call(request, own -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(memory.locks()).isEmpty();
    }

    /** Somebody is seen not to be locked. */
    private static RequestMemory memory(KeycloakSession request) {
        RequestMemory memory = RequestMemory.of(request);
        when(request.getAttribute(any(), eq(RequestMemory.class))).thenReturn(memory);
        memory.locks().put(List.of("realm", "ann"), Optional.empty());
        return memory;
    }

    @Test
    void whatIsDoneApartCarriesTheCorrelationOfTheRequest() {
        OwnTransaction.call(session(), own -> {
            verify(own).setAttribute(CORRELATION, "a-call");
            return true;
        });
    }

    private static KeycloakSession session() {
        KeycloakSession own = mock(KeycloakSession.class);
        when(own.getTransactionManager()).thenReturn(mock(KeycloakTransactionManager.class));
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenReturn(own);
        KeycloakSession session = mock(KeycloakSession.class);
        when(session.getKeycloakSessionFactory()).thenReturn(factory);
        when(session.getTransactionManager()).thenReturn(mock(KeycloakTransactionManager.class));
        when(session.getAttribute(CORRELATION, String.class)).thenReturn("a-call");
        return session;
    }
}
