package io.sallyport.admin;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Bytes for a reader who must take them: whoever stops, or is slower than anybody's line, is not waited for. What counts is the
 * time in which he is waited for, not that in which the next bytes are read.
 */
final class PacedOutput extends FilterOutputStream {

    static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What he must take in that time. */
    private static final long LEAST = 256 * 1024;

    private final Thread writer = Thread.currentThread();
    private final long patience;
    private final Executor later;
    private long taken;
    private long waited;
    private long since;
    private boolean waiting;
    private boolean tooSlow;
    private boolean over;

    /** Of the thread that writes. */
    PacedOutput(OutputStream to, Duration patience) {
        super(to);
        this.patience = patience.toNanos();
        this.later = CompletableFuture.delayedExecutor(patience.toMillis() / 4, TimeUnit.MILLISECONDS);
        later.execute(this::watch);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] content, int from, int length) throws IOException {
        paced(length, () -> out.write(content, from, length));
    }

    @Override
    public void flush() throws IOException {
        paced(0, out::flush);
    }

    @Override
    public void close() throws IOException {
        paced(0, out::close);
    }

    /** Whether he was given up. */
    synchronized boolean isTooSlow() {
        return tooSlow;
    }

    /** Nobody is watched any more. */
    synchronized void end() {
        over = true;
    }

    private void paced(int bytes, Write write) throws IOException {
        begin();
        try {
            write.run();
        } finally {
            finish(bytes);
        }
        refuseTooSlow();
    }

    /** Nobody would end it if it waited once more. */
    private void refuseTooSlow() throws InterruptedIOException {
        if (isTooSlow()) {
            throw new InterruptedIOException("the reader is too slow");
        }
    }

    private synchronized void begin() throws InterruptedIOException {
        refuseTooSlow();
        since = System.nanoTime();
        waiting = true;
    }

    private synchronized void finish(int bytes) {
        waiting = false;
        taken += bytes;
        waited += System.nanoTime() - since;
        if (waited >= patience) {
            tooSlow |= taken < LEAST;
            taken = 0;
            waited = 0;
        }
        if (tooSlow) {
            Thread.interrupted(); // what this thread does next, such as to roll back, must not be interrupted
        }
    }

    /** The server waits without an end for a reader who takes nothing, unless the thread is interrupted. */
    private synchronized void watch() {
        if (over || tooSlow) {
            return;
        }
        if (waiting && System.nanoTime() - since >= patience) {
            tooSlow = true;
            writer.interrupt();
        } else {
            later.execute(this::watch);
        }
    }

    /** Something that may have to wait for him. */
    interface Write {

        void run() throws IOException;
    }
}
