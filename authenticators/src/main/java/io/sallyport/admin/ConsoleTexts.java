package io.sallyport.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/**
 * The texts of the screens in the admin console, and no others: the console's whole bundle is a hundred times as large. They
 * come by Keycloak's own themes, so a realm may word them anew like every text of Keycloak.
 */
record ConsoleTexts(KeycloakSession session) {

    private static final String PREFIX = "mfa.";

    static ConsoleTexts in(KeycloakSession session) {
        return new ConsoleTexts(session);
    }

    /** The language that the console itself speaks to him: that of the realm where he signed in. */
    Locale localeOf(RealmModel home, UserModel user) {
        KeycloakContext context = session.getContext();
        RealmModel administered = context.getRealm();
        context.setRealm(home);
        try {
            return context.resolveLocale(user, Theme.Type.ADMIN);
        } finally {
            context.setRealm(administered);
        }
    }

    /** Key without its beginning to text; in English where the language has none. */
    Map<String, String> of(RealmModel home, Locale locale) {
        try {
            Properties all = session.theme()
                    .getTheme(ConsoleTheme.OURS, Theme.Type.ADMIN)
                    .getEnhancedMessages(home, locale);
            Map<String, String> ours = new TreeMap<>();
            all.stringPropertyNames().stream()
                    .filter(key -> key.startsWith(PREFIX))
                    .forEach(key -> ours.put(key.substring(PREFIX.length()), all.getProperty(key)));
            return ours;
        } catch (IOException broken) {
            throw new UncheckedIOException("the texts of the theme " + ConsoleTheme.OURS, broken);
        }
    }
}
