package io.sallyport.journey;

import java.util.Map;

/** Keycloak's own page that asks for user name and password; with organizations it asks for the name first. */
public record LoginPage(Html html) implements Page {

    static boolean isIn(Html html) {
        return html.hasField("password") || html.hasField("username");
    }

    /** Signs in; what comes next depends on the policy. */
    public Page signIn(String username, String password) {
        if (!html.hasField("password")) {
            return html.submit("username", Map.of("username", username))
                    .as(LoginPage.class)
                    .password(password);
        }
        return html.submit("password", Map.of("username", username, "password", password));
    }

    private Page password(String password) {
        return html.submit("password", Map.of("password", password));
    }

    @Override
    public String describe() {
        return "the login page: " + html.describe();
    }
}
