package io.sallyport.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Our page that asks for a passkey or a security key, or for a new one. */
public record KeyPage(Html html) implements Page {

    /** What the page asks the browser for. */
    public JsonNode options() {
        String options = html.document().select("[data-mfa-key]").attr("data-options");
        if (options.isEmpty()) {
            throw new Unexpected("key page", describe(), "options for the browser");
        }
        return Json.read(options);
    }

    /** Whether it is for a new key. */
    public boolean isEnrollment() {
        return html.hasField("label");
    }

    /** Answers as the browser would. */
    public Page answer(String credential) {
        return html.submit("credential", Map.of("credential", credential));
    }

    /** Answers with a new key of this name. */
    public Page answer(String credential, String label) {
        return html.submit("credential", Map.of("credential", credential, "label", label));
    }

    /** What the page complains about; empty if it does not. */
    public String message() {
        return html.message();
    }

    @Override
    public String describe() {
        return "the key page: " + html.describe();
    }
}
