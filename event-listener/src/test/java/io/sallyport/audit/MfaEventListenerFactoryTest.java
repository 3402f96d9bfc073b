package io.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventListenerProviderFactory;

final class MfaEventListenerFactoryTest {

    @Test
    void noRealmCanSwitchItOff() {
        assertThat(new MfaEventListenerFactory().isGlobal()).isTrue();
    }

    @Test
    void keycloakFindsIt() {
        assertThat(ServiceLoader.load(EventListenerProviderFactory.class).stream())
                .anyMatch(found -> found.type() == MfaEventListenerFactory.class);
    }
}
