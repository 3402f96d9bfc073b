package io.sallyport.audit.sealing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** What the file of a realm is called: its id may be any text of whoever imported it. */
final class FileName {

    private FileName() {}

    /** Without its ending. */
    static String of(String realmId) {
        return URLEncoder.encode(realmId, StandardCharsets.UTF_8);
    }
}
