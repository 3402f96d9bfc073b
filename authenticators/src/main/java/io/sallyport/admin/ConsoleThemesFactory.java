package io.sallyport.admin;

import io.sallyport.provider.StatelessFactory;
import java.io.IOException;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.ClassLoaderTheme;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeProvider;
import org.keycloak.theme.ThemeProviderFactory;

/**
 * Brings what is ours to the consoles of every realm, and to themes that stand on Keycloak's own, without anybody choosing
 * a theme: {@code --spi-theme--mfa-admin-console--enabled=true}. Off by default, for it stands before a theme of Keycloak.
 */
public final class ConsoleThemesFactory implements ThemeProviderFactory, StatelessFactory<ThemeProvider> {

    /** Above folders (100) and JARs (0): Keycloak 26.7 takes the first provider that has the theme. */
    private static final int BEFORE_ALL_OTHERS = 200;

    private boolean enabled;

    @Override
    public void init(Config.Scope config) {
        enabled = config.getBoolean("enabled", false);
    }

    @Override
    public ThemeProvider create(KeycloakSession session) {
        return new Themes(enabled);
    }

    @Override
    public String getId() {
        return "mfa-admin-console";
    }

    private record Themes(boolean enabled) implements ThemeProvider {

        @Override
        public int getProviderPriority() {
            return BEFORE_ALL_OTHERS;
        }

        @Override
        public Theme getTheme(String name, Theme.Type type) throws IOException {
            return new ConsoleTheme(name, type, ClassLoaderTheme.class.getClassLoader());
        }

        @Override
        public Set<String> nameSet(Theme.Type type) {
            return Set.of();
        }

        @Override
        public boolean hasTheme(String name, Theme.Type type) {
            return enabled && ConsoleTheme.isStock(name, type);
        }

        @Override
        public void close() {}
    }
}
