package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A mail server on this machine that keeps what it gets; it speaks as much SMTP (RFC 5321) as Keycloak does. */
public final class Mailbox implements AutoCloseable {

    private static final Pattern LINK =
            Pattern.compile("https?://[^\\s\"<>]+/login-actions/action-token\\?[^\\s\"<>]+");
    private static final int PATIENCE_SECONDS = 60;
    private static final String RECEIVED = "Received: by mailbox; ";

    private final ServerSocket socket;
    private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();
    private final List<String> aside = new ArrayList<>();
    private volatile String refused = "nobody@";

    private Mailbox(ServerSocket socket) {
        this.socket = socket;
    }

    /** A mailbox at a free port of the loopback address. */
    public static Mailbox open() {
        try {
            Mailbox mailbox = new Mailbox(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(mailbox::serve, "mailbox");
            thread.setDaemon(true);
            thread.start();
            return mailbox;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen for mail", e);
        }
    }

    /** From now on it takes nothing for this address. */
    public void refuses(String address) {
        refused = address;
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** The link that the next mail with one brings. */
    public URI nextLink() throws InterruptedException {
        Matcher link = LINK.matcher(await(mail -> LINK.matcher(mail).find()));
        if (!link.find()) {
            throw new IllegalStateException("a mail that has a link has none");
        }
        return URI.create(link.group().replace("&amp;", "&"));
    }

    /** The next mail to this address that says this; others wait for their turn. */
    public String next(String address, String text) throws InterruptedException {
        return await(mail -> mail.contains("To: " + address) && mail.contains(text));
    }

    private String await(Predicate<String> wanted) throws InterruptedException {
        for (String mail : aside) {
            if (wanted.test(mail)) {
                aside.remove(mail);
                return mail;
            }
        }
        for (String mail = poll(); mail != null; mail = poll()) {
            if (wanted.test(mail)) {
                return mail;
            }
            aside.add(mail);
        }
        throw new Unexpected("mailbox", aside, "another mail");
    }

    private @Nullable String poll() throws InterruptedException {
        return mails.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                converse(new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8)), client);
            } catch (IOException gone) {
                // the next one, unless it was this mailbox that was closed
            }
        }
    }

    private void converse(BufferedReader in, Socket client) throws IOException {
        say(client, "220 mailbox");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("RCPT TO:") && line.contains(refused)) {
                say(client, "550 no such user");
                continue;
            }
            if (line.equals("DATA")) {
                say(client, "354 go on");
                mails.add(mail(in));
            } else if (line.equals("QUIT")) {
                say(client, "221 bye");
                return;
            }
            say(client, "250 ok");
        }
    }

    private static void say(Socket client, String line) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write((line + "\r\n").getBytes(UTF_8));
        out.flush();
    }

    /** When it came, as its first line says (RFC 5321 §4.4). */
    public static Instant received(String mail) {
        String line = mail.lines().findFirst().orElseThrow();
        return Instant.parse(line.substring(RECEIVED.length()));
    }

    /** Up to the single dot (§4.5.2), with the soft line breaks of quoted-printable undone (RFC 2045 §6.7). */
    private static String mail(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder(RECEIVED + Instant.now() + "\n");
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line.startsWith(".") ? line.substring(1) : line).append('\n');
        }
        return mail.toString().replace("=\n", "").replace("=3D", "=");
    }
}
