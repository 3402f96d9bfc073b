package io.sallyport.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.keycloak.models.RealmModel;

/** Tells the mail server that a realm has now from any other that it had. */
public final class MailServer {

    private MailServer() {}

    /** A digest of all that is set about it: there is a password among it. */
    public static String of(RealmModel realm) {
        String settings = new TreeMap<>(realm.getSmtpConfig()).toString();
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(settings.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JVM has SHA-256", impossible);
        }
    }
}
