package io.sallyport.journey;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * A running Java machine, measured from outside.
 *
 * @param process the process
 */
record JavaProcess(ProcessHandle process) {

    /** Of the one server that this process has started. */
    static JavaProcess ofTheServer() {
        return new JavaProcess(ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow());
    }

    /** How long processors have worked for it. */
    Duration worked() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    /** Bytes of the objects that are alive, after a full collection. */
    long alive() throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .start();
        try (Stream<String> lines = jcmd.inputReader().lines()) {
            return lines.filter(line -> line.startsWith("Total"))
                    .map(line -> Long.parseLong(
                            line.replaceFirst("Total +[0-9]+ +", "").trim()))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
