package io.sallyport.demo;

import io.sallyport.journey.Browser;
import io.sallyport.journey.KeycloakServer;
import io.sallyport.journey.LoginPage;
import io.sallyport.journey.OidcClient;
import io.sallyport.journey.Page;
import io.sallyport.journey.SignIn;
import io.sallyport.journey.TokenReply;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The applications of the demo realm, and how its people sign in to them. */
final class Cast {

    private final OidcClient web;
    private final OidcClient backend;

    Cast(KeycloakServer server, DemoRealm realm) {
        URI address = server.realm(DemoRealm.NAME);
        this.web = new OidcClient(address, "acme-web", Optional.empty(), realm.redirectUri("acme-web"));
        this.backend = new OidcClient(
                address, "acme-backend", Optional.of(DemoRealm.BACKEND_SECRET), URI.create("http://localhost/unused"));
    }

    /** A sign-in to the web application in a fresh browser. */
    SignIn signIn() {
        return web.signIn();
    }

    /** As far as the password alone leads. */
    Page password(SignIn signIn, Person person) {
        return new Browser().open(signIn.address()).as(LoginPage.class).signIn(person.username(), Person.PASSWORD);
    }

    /** The back end's direct grant. */
    TokenReply direct(Person person, Map<String, String> more) {
        return backend.password(person.username(), Person.PASSWORD, more);
    }
}
