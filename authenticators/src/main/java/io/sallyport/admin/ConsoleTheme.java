package io.sallyport.admin;

import java.io.IOException;
import java.util.Properties;
import org.keycloak.theme.ClassLoaderTheme;
import org.keycloak.theme.Theme;

/** Keycloak's own admin theme with script and style of ours beside its own: nothing of it is replaced. */
final class ConsoleTheme extends ClassLoaderTheme {

    /** What our theme is called where a realm chooses it. */
    static final String OURS = "mfa";

    static final String STOCK = "keycloak.v2";

    private final Properties both = new Properties();

    ConsoleTheme(ClassLoader files) throws IOException {
        super(STOCK, Theme.Type.ADMIN, files);
        both.putAll(super.getProperties());
        Properties ours = new ClassLoaderTheme(OURS, Theme.Type.ADMIN, files).getProperties();
        ours.stringPropertyNames().stream()
                .filter(key -> key.startsWith("scripts.") || key.startsWith("styles."))
                .forEach(key -> both.setProperty(key, ours.getProperty(key)));
    }

    @Override
    public Properties getProperties() {
        return both;
    }
}
