package io.sallyport.journey;

import java.io.IOException;
import java.net.URI;

/** Somebody in front of Chromium, who types and clicks. */
final class Visitor {

    private final Chromium browser;

    private Visitor(Chromium browser) {
        this.browser = browser;
    }

    static Visitor at(Chromium browser) {
        return new Visitor(browser);
    }

    /** Opens the application's sign-in and types the password. */
    void password(SignIn signIn, Member member) throws IOException {
        browser.visit(signIn.address().toString());
        password(member);
    }

    /** Types the password where it is asked. */
    void password(Member member) throws IOException {
        browser.await("#username").sendKeys(member.username());
        browser.await("#password").sendKeys(Member.PASSWORD);
        browser.leaveBy("#kc-login");
    }

    void answer(String code) throws IOException {
        browser.await("#code").sendKeys(code);
        browser.leaveBy("#mfa-submit");
    }

    /** The page with new recovery codes: says that they are kept. */
    void keepCodes() throws IOException {
        browser.await("#saved").click();
        browser.leaveBy("#mfa-submit");
    }

    /** Is back at the application, which gets its tokens. */
    Tokens arrive(Application application, SignIn signIn) throws IOException {
        String address = browser.awaitAddress(application.client().redirectUri().toString());
        browser.await("#welcome");
        return signIn.redeem(new Arrived(URI.create(address))).tokens();
    }
}
