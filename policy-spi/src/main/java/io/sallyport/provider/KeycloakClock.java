package io.sallyport.provider;

import java.time.Instant;
import org.keycloak.common.util.Time;

/** The server's clock with Keycloak's own offset, for what RFC 6238 compares with the clock of a phone. */
public final class KeycloakClock {

    private KeycloakClock() {}

    /** Now, to the millisecond. */
    public static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }
}
