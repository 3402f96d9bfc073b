package io.sallyport.factor;

import io.sallyport.factor.sms.PhoneNumber;
import io.sallyport.factor.sms.Sms;
import io.sallyport.factor.sms.SmsCode;
import io.sallyport.factor.sms.SmsText;
import io.sallyport.provider.RealmSettings;
import io.sallyport.provider.SmsSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.theme.Theme;

/** What a message says, in the user's language and by the texts of the realm's login theme. */
final class SmsWording {

    private static final Duration TELLING = Duration.ofHours(4);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    SmsWording(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** The message with a code; empty if it would be too long. */
    Optional<SmsText> text(SmsCode code, Occasion occasion) {
        Locale locale = occasion.locale();
        return SmsText.fitting(
                pattern(key(occasion.purpose()), locale),
                locale,
                code,
                RealmSettings.of(session, realm).get(SmsSetting.CODE_TTL),
                host(),
                occasion.transaction().map(transaction -> transaction.text(locale)));
    }

    /** To a number that is no factor any more. */
    Sms removed(PhoneNumber number) {
        Locale locale = session.getContext().resolveLocale(user);
        SmsText text =
                SmsText.telling(new MessageFormat(pattern("mfaSmsTextRemoved", locale), locale).format(new Object[0]));
        return new Sms(number, Optional.empty(), text, locale, TELLING, Optional.empty());
    }

    private static String key(Purpose purpose) {
        return switch (purpose) {
            case SIGN_IN -> "mfaSmsTextSignIn";
            case ENROLL -> "mfaSmsTextEnroll";
            case APPROVE -> "mfaSmsTextAction";
        };
    }

    private String pattern(String key, Locale locale) {
        try {
            return Optional.ofNullable(session.theme()
                            .getTheme(Theme.Type.LOGIN)
                            .getEnhancedMessages(realm, locale)
                            .getProperty(key))
                    .orElseThrow(() -> new IllegalStateException("the login theme has no text " + key));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the login theme can't be read", unreadable);
        }
    }

    /**
     * Our host, from configuration only: a host that the request names could be one where somebody waits for the code that
     * the browser fills in.
     */
    private Optional<String> host() {
        return Optional.ofNullable(realm.getAttribute("frontendUrl"))
                .filter(url -> !url.isBlank())
                .or(() -> ConfigProvider.getConfig().getOptionalValue("kc.hostname", String.class))
                .map(name -> name.contains("://") ? name : "https://" + name)
                .flatMap(url -> Optional.ofNullable(URI.create(url).getHost()));
    }
}
