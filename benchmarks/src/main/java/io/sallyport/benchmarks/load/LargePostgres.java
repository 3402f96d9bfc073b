package io.sallyport.benchmarks.load;

import io.sallyport.journey.Trees;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL for millions of rows: with memory as its manual asks for, a quarter of 8 GB, where its default is 128 MB. */
final class LargePostgres {

    private LargePostgres() {}

    static EmbeddedPostgres at(Path data) throws IOException {
        Trees.delete(data);
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("shared_buffers", "2GB")
                .setServerConfig("maintenance_work_mem", "512MB")
                .setServerConfig("max_wal_size", "8GB")
                // as in production: what is committed is on the disk
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("pg_stat_statements.track_utility", "off")
                .start();
    }
}
