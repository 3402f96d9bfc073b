package io.sallyport.factor.sms;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.keycloak.Config;

/** The server's options of one provider, for tests. */
public final class Scopes {

    static final String ACCOUNT = "AC" + "0123456789abcdef".repeat(2);
    static final String TOKEN = "token-0123456789";
    static final String SERVICE = "MG" + "0123456789abcdef".repeat(2);
    static final String VERIFY = "VA" + "0123456789abcdef".repeat(2);

    private Scopes() {}

    /** These options. */
    public static Config.Scope of(Map<String, String> options) {
        return new MapScope(options);
    }

    /** Enough for Messaging, and these in addition or instead; an empty text takes one away. */
    static Config.Scope twilio(Map<String, String> others) {
        Map<String, String> options =
                new HashMap<>(Map.of("account-sid", ACCOUNT, "auth-token", TOKEN, "from", "+15005550006"));
        options.putAll(others);
        return of(options);
    }

    private static final class MapScope extends Config.AbstractScope {

        private final Map<String, String> options;

        MapScope(Map<String, String> options) {
            this.options = options;
        }

        @Override
        public String get(String key) {
            return options.get(key);
        }

        @Override
        public Config.Scope scope(String... scope) {
            throw new UnsupportedOperationException("no sender asks for it");
        }

        @Override
        @Deprecated
        public Set<String> getPropertyNames() {
            return options.keySet();
        }

        @Override
        public Config.Scope root() {
            throw new UnsupportedOperationException("no sender asks for it");
        }
    }
}
