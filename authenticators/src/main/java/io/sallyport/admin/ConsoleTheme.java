package io.sallyport.admin;

import java.io.IOException;
import java.util.Map;
import java.util.Properties;
import org.keycloak.theme.ClassLoaderTheme;
import org.keycloak.theme.Theme;

/** Keycloak's own theme of a console with script and style of ours beside its own: nothing of it is replaced. */
final class ConsoleTheme extends ClassLoaderTheme {

    /** What our theme is called where a realm chooses it. */
    static final String OURS = "mfa";

    /** Which of Keycloak's (26.7) themes is that of a console. */
    private static final Map<Theme.Type, String> STOCK =
            Map.of(Theme.Type.ADMIN, "keycloak.v2", Theme.Type.ACCOUNT, "keycloak.v3");

    private final Properties both = new Properties();

    ConsoleTheme(String stock, Theme.Type type, ClassLoader files) throws IOException {
        super(stock, type, files);
        both.putAll(super.getProperties());
        Properties ours = new ClassLoaderTheme(OURS, type, files).getProperties();
        ours.stringPropertyNames().stream()
                .filter(key -> key.startsWith("scripts.") || key.startsWith("styles."))
                .forEach(key -> both.setProperty(key, ours.getProperty(key)));
    }

    /** Whether a theme is Keycloak's own of a console. */
    static boolean isStock(String name, Theme.Type type) {
        return name.equals(STOCK.get(type));
    }

    @Override
    public Properties getProperties() {
        return both;
    }
}
