package io.sallyport.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a page of the trail ended. It is a place, not a right: whoever makes one up reads what he may read anyway.
 *
 * @param time of the last row of the page
 * @param eventId of that row, because many may have the same time
 */
public record AuditCursor(Instant time, String eventId) {

    private static final Pattern PLACE = Pattern.compile("([0-9]{1,15})\\.([0-9a-f-]{36})");

    /**
     * As {@link #toString()} wrote it down.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static AuditCursor parse(String text) {
        Matcher place = PLACE.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1));
        if (!place.matches()) {
            throw new IllegalArgumentException("no cursor");
        }
        return new AuditCursor(Instant.ofEpochMilli(Long.parseLong(place.group(1))), place.group(2));
    }

    /** Base64url without padding; what it holds is nobody's business and may change. */
    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((time.toEpochMilli() + "." + eventId).getBytes(StandardCharsets.ISO_8859_1));
    }
}
