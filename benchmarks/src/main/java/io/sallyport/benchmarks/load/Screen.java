package io.sallyport.benchmarks.load;

import java.util.List;

/**
 * A screen of the console.
 *
 * @param path behind the name of the realm
 * @param wanted what it is opened for, as a selector
 */
record Screen(String path, String wanted) {

    /** Keycloak's own list of users, which ours are held against. */
    static final Screen STOCK = new Screen("users", "main table tbody a[href*='/users/']");

    static final List<Screen> OURS = List.of(
            new Screen("mfa/overview", "[data-testid='mfa-coverage']"),
            new Screen("mfa/policy", ".mfa-rule"),
            new Screen("mfa/exceptions", "mfa-realm-page [aria-labelledby='mfa-part-exceptions'] td"),
            new Screen("mfa/whatif", "[data-testid='mfa-whatif-form']"),
            new Screen("mfa/actions", "mfa-realm-page [aria-labelledby='mfa-part-actions'] td"),
            new Screen("mfa/audit", ".mfa-row"),
            new Screen("mfa/settings", "[data-testid='mfa-settings'] input"),
            new Screen("mfa/setup", "[data-testid='mfa-undo']"));

    /** The tab of a user. */
    static Screen user(String id) {
        return new Screen("users/" + id + "/mfa", "mfa-user-panel .mfa-facts");
    }

    /** What the policy says about somebody. */
    static Screen whatif(String username) {
        return new Screen("mfa/whatif?user=" + username, "[data-testid='mfa-decision']");
    }

    /** A link to it within our page. */
    String tab() {
        return "#mfa-part-" + path.substring(path.indexOf('/') + 1);
    }
}
