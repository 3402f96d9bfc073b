package io.sallyport.demo;

import io.sallyport.journey.PaymentsExample;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** What to look at and to try once the demo runs. */
final class Guide {

    private final URI address;
    private final DemoRealm realm;
    private final Path directory;
    private final Optional<URI> payments;

    Guide(URI address, DemoRealm realm, Path directory, Optional<URI> payments) {
        this.address = address;
        this.realm = realm;
        this.directory = directory;
        this.payments = payments;
    }

    void print(PrintStream out) {
        out.println();
        out.println("Keycloak with Sallyport is ready. All names, passwords and secrets here are FOR THE DEMO ONLY.");
        out.println();
        out.println("  Sign in as one of the people   " + address + "/realms/" + DemoRealm.NAME + "/account/");
        out.println("  Approve payments               "
                + payments.map(URI::toString).orElse("not started: port " + PaymentsExample.DEMO_PORT + " is in use"));
        out.println("  Administration                 " + address + "/admin/  user admin, password "
                + DemoServer.ADMIN_PASSWORD);
        out.println(
                "  MFA in the admin console       " + address + "/admin/master/console/#/" + DemoRealm.NAME + "/mfa");
        out.println("  Data, keys and log             " + directory + "  (delete it to begin again)");
        out.println();
        out.println("  People of the realm " + DemoRealm.NAME + ", all with the password " + Person.PASSWORD);
        for (Person person : realm.people()) {
            out.printf("    %-8s %-20s %s%n", person.username(), person.name(), totp(person));
        }
        out.println();
        out.println("""
                  Try
                    1. Add a secret from above to an authenticator app (manual key) and sign in: the page after the
                       password asks for a code, and takes each code once.
                    2. Sign in as somebody without TOTP: the policy makes them enroll first.
                    3. Type five wrong codes: codes are refused for 15 minutes, right ones too.
                    4. Ask for a token with the password alone, and again with -d totp=<code>:""");
        out.println("         curl -d grant_type=password -d client_id=acme-backend -d client_secret="
                + DemoRealm.BACKEND_SECRET + " \\");
        out.println("              -d username=alice -d password=" + Person.PASSWORD + " \\");
        out.println("              " + address + "/realms/" + DemoRealm.NAME + "/protocol/openid-connect/token");
        out.println();
        out.println("Ctrl-C stops the server; the next ./demo finds the data again.");
    }

    private static String totp(Person person) {
        return person.secret().map(secret -> "TOTP " + secret).orElse("no TOTP yet");
    }
}
