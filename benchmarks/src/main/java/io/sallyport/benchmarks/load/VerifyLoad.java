package io.sallyport.benchmarks.load;

import io.sallyport.journey.Installation;
import io.sallyport.journey.Trees;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Stock Keycloak's direct grant with a code, twice, and {@code verify} in both its forms, in turn and under the same load. */
final class VerifyLoad {

    private VerifyLoad() {}

    /** {@code [rounds] [seconds of a round] [requests per second] [password policy]}. */
    public static void main(String[] arguments) throws Exception {
        int rounds = number(arguments, 0, 8);
        int seconds = number(arguments, 1, 20);
        int rate = number(arguments, 2, 50);
        String passwords = arguments.length > 3 ? arguments[3] : "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)";
        Installation installation = Installation.find();
        Path homes = installation.root().resolve("benchmarks/target/load");
        OpenLoop load = new OpenLoop(rate, rate * seconds);
        try (EmbeddedPostgres postgres = postgres(homes);
                LoadServer stock = LoadServer.stock(homes.resolve("stock"), installation, postgres);
                LoadServer ours = LoadServer.ours(homes.resolve("ours"), installation, postgres)) {
            Crowd guests = Crowd.of(stock, load.requests(), passwords);
            Crowd members = Crowd.ofOurs(ours, load.requests(), passwords);
            Report report = new Report(List.of(
                    new DirectGrant("stock", guests),
                    new Proof("verify sign_in", members, false),
                    new DirectGrant("stock again", guests),
                    new Proof("verify challenge_id", members, true)));
            report.round(load, false);
            for (int round = 0; round < rounds; round++) {
                report.round(load, true);
            }
            report.print();
        }
    }

    static EmbeddedPostgres postgres(Path homes) throws IOException {
        Path data = homes.resolve("postgres");
        Trees.delete(data);
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                // as in production: what is committed is on the disk
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("pg_stat_statements.track_utility", "on")
                .start();
    }

    private static int number(String[] arguments, int place, int usual) {
        return arguments.length > place ? Integer.parseInt(arguments[place]) : usual;
    }
}
