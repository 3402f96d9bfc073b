package io.sallyport.journey;

import java.util.Map;

/** Keycloak's own page that asks for user name and password. */
public record LoginPage(Html html) implements Page {

    /** Signs in; what comes next depends on the policy. */
    public Page signIn(String username, String password) {
        return html.submit("password", Map.of("username", username, "password", password));
    }

    @Override
    public String describe() {
        return "the login page: " + html.describe();
    }
}
