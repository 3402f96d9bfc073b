package io.sallyport.verifier;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command. It answers 0 for a trail that is what the realm signed, 1 for one that is not, 2 if it can't tell, 3 if nothing is
 * wrong with what is there but it may not be all, or not what was signed.
 */
public final class Main {

    static final int SOUND = 0;
    static final int BAD = 1;
    static final int CANNOT_TELL = 2;
    static final int NOT_SHOWN = 3;

    private static final String USAGE = """
            java -jar sallyport-verifier.jar --keys <JWKS> [--keys <JWKS>]… [--tolerance <seconds>] <export> [<checkpoints>]…
              --keys       the realm's public keys: …/realms/<realm>/protocol/openid-connect/certs, saved as a file
              --tolerance  how far clocks may lie apart and how long a transaction may take; 300 if it is not given
              --manifest   of a CSV export: …/mfa/audit/export/<X-Export-Id>/manifest, saved as a file; then only the bytes are checked
              --without-manifest  accept an export that doesn't end with a manifest: then nothing proves that it is whole
              <export>     the trail: …/admin/realms/<realm>/mfa/audit/export, or with from=… and to=… its rows of some time
                           or an evidence packet, *.zip: …/admin/realms/<realm>/mfa/evidence
              <checkpoints> files of checkpoints that were kept elsewhere, a line each: as the server wrote them to a file or to its
                           log, or the messages that a webhook got; those of other realms are passed over; without any an older
                           database may pass
            exits with 0: the trail is what was signed, or with --manifest the table what was handed out; 1: it is not; 2: that can't be told;
            3: nothing is wrong with what is there, but nothing proves that it is whole, or, of the rows of some time, that they
            are what was signed, and none of them was dated back: take the whole trail""";

    private final List<String> keySets = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private Optional<String> manifest = Optional.empty();
    private boolean withoutManifest;
    private Duration tolerance = Duration.ofMinutes(5);

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Main command = new Main();
            command.read(arguments);
            return command.verify(out);
        } catch (Unreadable | IOException cannotTell) {
            err.println(
                    cannotTell instanceof IOException
                            ? "can't read " + cannotTell.getMessage()
                            : cannotTell.getMessage());
            return CANNOT_TELL;
        }
    }

    private void read(List<String> arguments) throws IOException {
        for (int at = 0; at < arguments.size(); at++) {
            String argument = arguments.get(at);
            if (!argument.startsWith("--")) {
                files.add(Path.of(argument));
                continue;
            }
            if (argument.equals("--without-manifest")) {
                withoutManifest = true;
                continue;
            }
            String value = at + 1 < arguments.size() ? arguments.get(++at) : "";
            if (argument.equals("--keys")) {
                keySets.add(Files.readString(Path.of(value)));
            } else if (argument.equals("--manifest")) {
                manifest = Optional.of(Files.readString(Path.of(value)));
            } else if (argument.equals("--tolerance") && value.matches("[0-9]{1,6}")) {
                tolerance = Duration.ofSeconds(Long.parseLong(value));
            } else {
                throw new Unreadable(USAGE);
            }
        }
        if (keySets.isEmpty() || files.isEmpty()) {
            throw new Unreadable(USAGE);
        }
    }

    private int verify(PrintStream out) throws IOException {
        Keys keys = Keys.of(keySets);
        if (manifest.isPresent()) {
            return table(keys, files.get(0), manifest.get(), out);
        }
        Path file = files.get(0);
        Optional<HandedOut> handedOut = Packet.is(file) ? Optional.empty() : HandedOut.withManifest(file);
        boolean whole = Packet.is(file) || handedOut.isPresent();
        try (Check check = handedOut
                .flatMap(known -> known.period(keys, tolerance))
                .orElseGet(() -> new TrailCheck(whole, tolerance))) {
            return verify(keys, file, handedOut, check, out);
        }
    }

    private int verify(Keys keys, Path file, Optional<HandedOut> handedOut, Check check, PrintStream out)
            throws IOException {
        Optional<Finding> finding = outside(keys, file, check);
        if (finding.isEmpty()) {
            finding = Packet.is(file) ? packet(keys, file, check) : export(keys, file, handedOut, check);
        }
        out.println(finding.map(Finding::toString).orElseGet(check::summary));
        boolean whole = Packet.is(file) || handedOut.isPresent();
        if (!whole) {
            out.println(
                    file + " has no manifest: nothing proves that it is whole, and the download may have been cut off");
        }
        if (finding.isPresent()) {
            return BAD;
        }
        if (Packet.is(file)) {
            out.println(Packet.TABLE + " is what the server handed out, and was not held against the trail");
        }
        return check.isHeldAgainstSigned() && (whole || withoutManifest) ? SOUND : NOT_SHOWN;
    }

    private Optional<Finding> outside(Keys keys, Path file, Check check) throws IOException {
        Optional<String> realmId = files.size() > 1 ? Owner.of(file) : Optional.empty();
        for (Path other : files.subList(1, files.size())) {
            Optional<Finding> finding = Lines.read(other, check, new Meaning(keys, other.toString(), realmId)::outside);
            if (finding.isPresent()) {
                return finding;
            }
        }
        return Optional.empty();
    }

    private static Optional<Finding> export(Keys keys, Path export, Optional<HandedOut> handedOut, Check check)
            throws IOException {
        long length = handedOut.map(HandedOut::length).orElse(0L);
        try (DigestedInput bytes = new DigestedInput(Files.newInputStream(export), length)) {
            Optional<Finding> finding = Lines.read(
                            bytes, export.toString(), check, new Meaning(keys, export.toString())::inside)
                    .or(check::end);
            return finding.isEmpty() && handedOut.isPresent() ? handedOut.get().check(keys, bytes.digest()) : finding;
        }
    }

    private static Optional<Finding> packet(Keys keys, Path file, Check check) throws IOException {
        try (Packet packet = Packet.open(file)) {
            Optional<Finding> finding = packet.check(keys);
            return finding.isPresent()
                    ? finding
                    : Lines.read(packet.trail(), Packet.TRAIL, check, new Meaning(keys, Packet.TRAIL)::inside)
                            .or(check::end);
        }
    }

    private static int table(Keys keys, Path file, String manifest, PrintStream out) throws IOException {
        Optional<Finding> finding = new HandedOut(file, Files.size(file), manifest).check(keys);
        out.println(finding.map(Finding::toString)
                .orElse(file
                        + " is what the realm handed out; whether the rows in it are what was sealed, the sealed export"
                        + " tells"));
        return finding.isPresent() ? BAD : SOUND;
    }
}
