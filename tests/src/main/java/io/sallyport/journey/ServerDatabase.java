package io.sallyport.journey;

import java.util.List;

/**
 * Where a server keeps its data.
 *
 * @param vendor as {@code --db} names it
 */
public record ServerDatabase(String vendor, String url, String user, String password) {

    /**
     * The embedded H2 in the server's home.
     *
     * <p>WRITE_DELAY=0: H2 would otherwise keep a committed transaction in memory for half a second. LOCK_TIMEOUT: who waits
     * for a row would otherwise be turned away after two seconds, which PostgreSQL never does.
     *
     * @param shared whether other processes may open the database while the server runs
     */
    public static ServerDatabase embedded(ServerHome home, boolean shared) {
        String url = "jdbc:h2:file:" + home.directory().resolve("data/h2/keycloakdb")
                + ";NON_KEYWORDS=VALUE;WRITE_DELAY=0;LOCK_TIMEOUT=20000" + (shared ? ";AUTO_SERVER=TRUE" : "");
        return new ServerDatabase("dev-file", url, "sa", "password");
    }

    /** To look into it. */
    public Database open() {
        return new Database(url, user, password);
    }

    String vendorOption() {
        return "--db=" + vendor;
    }

    List<String> options() {
        return List.of("--db-url=" + url, "--db-username=" + user, "--db-password=" + password);
    }
}
