package io.sallyport.journey;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A started process with its children: kc.sh stays as the parent of the JVM unless it had to build first. */
final class ServerProcess {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private final Process process;

    private ServerProcess(Process process) {
        this.process = process;
    }

    static ServerProcess start(ProcessBuilder command) throws IOException {
        Process process = command.start();
        process.getOutputStream().close();
        return new ServerProcess(process);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitValue() {
        return process.exitValue();
    }

    /** Whether it ended within this time. */
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What it has used of the processors. */
    Duration processorTime() {
        return family().stream()
                .flatMap(one -> one.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** TERM, and KILL for what does not obey. */
    void stop() {
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroy);
        if (!ended(family)) {
            kill();
        }
    }

    /** KILL, at once. */
    void kill() {
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroyForcibly);
        if (!ended(family)) {
            throw new IllegalStateException("process " + process.pid() + " can't be killed");
        }
    }

    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        return family;
    }

    private static boolean ended(List<ProcessHandle> family) {
        try {
            for (ProcessHandle one : family) {
                one.onExit().get(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException stillThere) {
            return false;
        }
    }
}
