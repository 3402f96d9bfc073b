package io.sallyport.example.payments;

import java.net.URI;
import java.util.List;

/** The main class: {@code --issuer http://localhost:8080/realms/acme [--port 3100]}. */
public final class Payments {

    private static final int PORT = 3100;

    private Payments() {}

    public static void main(String... arguments) throws Exception {
        List<String> given = List.of(arguments);
        URI issuer = URI.create(option(given, "--issuer", ""));
        int port = Integer.parseInt(option(given, "--port", String.valueOf(PORT)));
        Erp erp = new Erp(issuer, port);
        erp.start();
        System.out.println("The payments example is ready on " + erp.address());
        erp.join();
    }

    private static String option(List<String> given, String name, String otherwise) {
        int at = given.indexOf(name);
        if (at >= 0 && at + 1 < given.size()) {
            return given.get(at + 1);
        }
        if (otherwise.isEmpty()) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return otherwise;
    }
}
