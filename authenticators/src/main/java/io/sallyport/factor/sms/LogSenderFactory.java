package io.sallyport.factor.sms;

import io.sallyport.provider.StatelessFactory;
import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.common.util.Environment;
import org.keycloak.models.KeycloakSession;

/**
 * Writes messages to the server's log, for development: {@code --spi-mfa-sms--log--active=true}. Whoever reads the log
 * could sign in as anybody, so that a server in production mode does not start with it.
 */
public final class LogSenderFactory implements SmsSenderFactory, StatelessFactory<SmsSender> {

    private static final Logger LOG = Logger.getLogger(LogSenderFactory.class);

    private boolean active;

    @Override
    public void init(Config.Scope config) {
        boolean asked = config.getBoolean("active", false);
        if (asked && !Environment.isDevMode()) {
            throw new IllegalStateException("spi-mfa-sms--log--active = true, want false: one-time codes in the log are"
                    + " for development (start-dev) only, and this server runs in production mode");
        }
        active = asked;
    }

    @Override
    public boolean isConfigured() {
        return active;
    }

    @Override
    public SmsSender create(KeycloakSession session) {
        return LogSenderFactory::log;
    }

    private static Delivery log(Sms sms) {
        LOG.warnf(
                "DEVELOPMENT ONLY, never in production. SMS to %s: %s",
                sms.to(), sms.text().text());
        return new Delivery.Sent("log");
    }

    @Override
    public String getId() {
        return "log";
    }
}
