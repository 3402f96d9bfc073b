package io.sallyport.form;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;

/** A time on a page; the script of the page writes it in the time zone of the browser, which the server does not know. */
public final class ShownTime {

    private ShownTime() {}

    /** What a template needs: {@code instant} for the script, {@code text} for browsers without one. */
    public static Map<String, String> of(Instant time, Locale locale) {
        String text = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                .withLocale(locale)
                .format(time.atOffset(ZoneOffset.UTC));
        return Map.of("instant", time.toString(), "text", text + " UTC");
    }
}
