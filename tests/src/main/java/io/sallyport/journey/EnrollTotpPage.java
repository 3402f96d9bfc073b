package io.sallyport.journey;

import java.util.Map;

/** Our page that shows a new secret and asks for its first code. */
public record EnrollTotpPage(Html html) implements Page {

    /** The secret in Base32, as it is shown to people who can't scan. */
    public String secret() {
        String secret = html.document().select("[data-mfa-secret]").attr("data-mfa-secret");
        if (secret.isEmpty()) {
            throw new Unexpected("enrollment page", describe(), "a manual key");
        }
        return secret;
    }

    /** Confirms with the first code. */
    public Page confirm(String code, String label) {
        return confirm(Map.of("code", code, "label", label));
    }

    /** Posts any fields, as an attacker would. */
    public Page confirm(Map<String, String> fields) {
        return html.submit("code", fields);
    }

    /** What the page complains about; empty if it does not. */
    public String message() {
        return html.message();
    }

    @Override
    public String describe() {
        return "the enrollment page: " + html.describe();
    }
}
