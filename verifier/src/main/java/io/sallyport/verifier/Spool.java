package io.sallyport.verifier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Lists of checkpoints in one file, which is gone with the command; each is read a little at a time. */
final class Spool implements AutoCloseable {

    private static final int AT_ONCE = 64;

    private final WitnessBytes form = new WitnessBytes();
    private @Nullable FileChannel file;

    /** Keeps a list; whoever reads it holds little of it in memory. */
    Iterator<Witness> write(List<Witness> list) {
        try {
            FileChannel to = open();
            long from = to.size();
            ByteBuffer bytes = ByteBuffer.allocate(list.size() * WitnessBytes.LENGTH);
            list.forEach(witness -> form.put(witness, bytes));
            bytes.flip();
            for (long at = from; bytes.hasRemaining(); ) {
                at += to.write(bytes, at);
            }
            return new Reading(to, from, to.size());
        } catch (IOException full) {
            throw unusable(full);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel known = file;
        if (known == null) {
            Path path = Files.createTempFile("sallyport-verifier", ".spool");
            known = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            file = known;
        }
        return known;
    }

    private static Unreadable unusable(IOException cause) {
        return new Unreadable("many checkpoints need a file in " + System.getProperty("java.io.tmpdir") + ": " + cause);
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException left) {
            throw unusable(left);
        }
    }

    /** One list. */
    private final class Reading implements Iterator<Witness> {

        private final FileChannel channel;
        private final long end;
        private long next;
        private ByteBuffer read = ByteBuffer.allocate(0);

        Reading(FileChannel channel, long from, long end) {
            this.channel = channel;
            this.next = from;
            this.end = end;
        }

        @Override
        public boolean hasNext() {
            return read.hasRemaining() || next < end;
        }

        @Override
        public Witness next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (!read.hasRemaining()) {
                fill();
            }
            return form.get(read);
        }

        private void fill() {
            try {
                read = ByteBuffer.allocate((int) Math.min(end - next, (long) AT_ONCE * WitnessBytes.LENGTH));
                while (read.hasRemaining()) {
                    if (channel.read(read, next + read.position()) < 0) {
                        throw new IOException("the file is shorter than it was");
                    }
                }
                next += read.capacity();
                read.flip();
            } catch (IOException gone) {
                throw unusable(gone);
            }
        }
    }
}
