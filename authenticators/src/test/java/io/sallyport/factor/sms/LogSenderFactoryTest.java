package io.sallyport.factor.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Environment;

final class LogSenderFactoryTest {

    private final LogSenderFactory factory = new LogSenderFactory();

    @AfterEach
    void forgetProfile() {
        System.clearProperty(Environment.PROFILE);
    }

    @Test
    void itIsOffUnlessAskedFor() {
        factory.init(Scopes.of(Map.of()));

        assertThat(factory.isConfigured()).isFalse();
    }

    @Test
    void inProductionItStopsTheServer() {
        System.setProperty(Environment.PROFILE, "prod");

        assertThatIllegalStateException()
                .isThrownBy(() -> factory.init(Scopes.of(Map.of("active", "true"))))
                .withMessageContaining("spi-mfa-sms--log--active")
                .withMessageContaining("production");
        assertThat(factory.isConfigured()).isFalse();
    }

    @Test
    void inDevelopmentItSends() {
        System.setProperty(Environment.PROFILE, "dev");

        factory.init(Scopes.of(Map.of("active", "true")));

        assertThat(factory.isConfigured()).isTrue();
    }
}
