package io.sallyport.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is alive in the heap of the started server, after a full collection. */
final class LiveHeap {

    private LiveHeap() {}

    static String shown() throws IOException {
        ProcessHandle server = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info()
                        .command()
                        .filter(name -> name.endsWith("java"))
                        .isPresent())
                .findFirst()
                .orElseThrow();
        // without -all it collects first, and counts what is left
        Process jcmd = new ProcessBuilder("jcmd", String.valueOf(server.pid()), "GC.class_histogram").start();
        List<String> lines;
        try (InputStream out = jcmd.getInputStream()) {
            lines = new String(out.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        String total = lines.get(lines.size() - 1).trim();
        return (Long.parseLong(total.split(" +", -1)[2]) >> 20) + " MB";
    }
}
