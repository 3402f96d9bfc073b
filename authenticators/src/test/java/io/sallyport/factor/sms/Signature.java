package io.sallyport.factor.sms;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** X-Twilio-Signature, written from https://www.twilio.com/docs/usage/webhooks/webhooks-security and not from the SDK. */
final class Signature {

    private Signature() {}

    static String of(String address, Map<String, String> form) {
        StringBuilder text = new StringBuilder(address);
        new TreeMap<>(form).forEach((name, value) -> text.append(name).append(value));
        try {
            Mac hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(Scopes.TOKEN.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder()
                    .encodeToString(hmac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
