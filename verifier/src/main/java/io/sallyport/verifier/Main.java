package io.sallyport.verifier;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The command. It answers 0 for a trail that is what the realm signed, 1 for one that is not, 2 if it can't tell, 3 if all that
 * is there is sound but may not be all.
 */
public final class Main {

    static final int SOUND = 0;
    static final int BAD = 1;
    static final int CANNOT_TELL = 2;
    static final int PERHAPS_A_PART = 3;

    private static final String USAGE = """
            java -jar sallyport-verifier.jar --keys <JWKS> [--keys <JWKS>]… [--tolerance <seconds>] <export> [<checkpoints>]…
              --keys       the realm's public keys: …/realms/<realm>/protocol/openid-connect/certs, saved as a file
              --tolerance  how far clocks may lie apart and how long a transaction may take; 300 if it is not given
              --manifest   of a CSV export: …/mfa/audit/export/<X-Export-Id>/manifest, saved as a file; then only the bytes are checked
              --without-manifest  accept an export that doesn't end with a manifest: then nothing proves that it is whole
              <export>     the trail: …/admin/realms/<realm>/mfa/audit/export, or with from=… and to=… its rows of some time
                           or an evidence packet, *.zip: …/admin/realms/<realm>/mfa/evidence
              <checkpoints> files of checkpoints that were kept elsewhere; without them an older database may pass
            exits with 0: the trail is what was signed; 1: it is not; 2: that can't be told;
            3: what is there is what was signed, but nothing proves that it is whole""";

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
        Check check = handedOut.flatMap(known -> known.period(keys)).orElseGet(() -> new TrailCheck(tolerance));
        Optional<Finding> finding = Optional.empty();
        for (Path other : files.subList(1, files.size())) {
            finding = finding.isPresent()
                    ? finding
                    : Lines.read(other, check, line -> outside(keys, other.toString(), line));
        }
        if (finding.isEmpty()) {
            finding = Packet.is(file) ? packet(keys, file, check) : export(keys, file, handedOut, check);
        }
        out.println(finding.map(Finding::toString).orElseGet(check::summary));
        if (finding.isPresent()) {
            return BAD;
        }
        boolean whole = Packet.is(file) || handedOut.isPresent();
        if (!whole) {
            out.println(file + " has no manifest: nothing proves that it is whole");
        }
        return whole || withoutManifest ? SOUND : PERHAPS_A_PART;
    }

    private static Optional<Finding> export(Keys keys, Path export, Optional<HandedOut> handedOut, Check check)
            throws IOException {
        Optional<Finding> finding = Lines.read(export, check, line -> inside(keys, export.toString(), line))
                .or(check::end);
        return finding.isEmpty() && handedOut.isPresent() ? handedOut.get().check(keys) : finding;
    }

    private static Optional<Finding> packet(Keys keys, Path file, Check check) throws IOException {
        try (Packet packet = Packet.open(file)) {
            Optional<Finding> finding = packet.check(keys);
            return finding.isPresent()
                    ? finding
                    : Lines.read(packet.trail(), Packet.TRAIL, check, line -> inside(keys, Packet.TRAIL, line))
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

    private static Lines.Step outside(Keys keys, String file, Line line) {
        return signed(keys, file, Json.object(line.text()), Check::outside);
    }

    private static Lines.Step inside(Keys keys, String file, Line text) {
        Optional<Row> plain = RowLine.read(text);
        if (plain.isPresent()) {
            return check -> check.row(plain.get());
        }
        Map<String, Object> line = Json.object(text.text());
        if (line.keySet().equals(Set.of("checkpoint"))) {
            return signed(keys, file, line, Check::checkpoint);
        }
        if (line.keySet().equals(Set.of("manifest"))) {
            return Check::manifest;
        }
        if (line.keySet().equals(Set.of("cut"))) {
            Keys.Verdict verdict = keys.verify(line.get("cut") instanceof String jws ? jws : "", Cut.TYPE);
            Cut cut = cut(verdict.payload());
            return verdict.genuine()
                    ? check -> check.cut(cut)
                    : check -> Optional.of(Finding.at(0, "nobody signed that rows were removed"));
        }
        Row row = Row.of(line);
        return check -> check.row(row);
    }

    private static Cut cut(Map<String, Object> payload) {
        try {
            if (payload.get("realm_id") instanceof String realmId
                    && payload.get("size") instanceof Long size
                    && payload.get("frontier") instanceof String text
                    && payload.get("time") instanceof String time) {
                return new Cut(realmId, Frontier.parse(size, text), Instant.parse(time));
            }
        } catch (IllegalArgumentException | DateTimeException none) {
            // told below
        }
        throw new Unreadable("no cut is signed");
    }

    private static Lines.Step signed(
            Keys keys, String file, Map<String, Object> line, BiFunction<Check, Witness, Optional<Finding>> then) {
        Keys.Verdict verdict = keys.verify(line.get("checkpoint") instanceof String jws ? jws : "", Checkpoint.TYPE);
        Witness witness = Witness.of(verdict.payload(), file);
        return verdict.genuine()
                ? check -> then.apply(check, witness)
                : check -> Optional.of(Finding.at(Math.max(0, witness.size() - 1), "nobody signed " + witness));
    }
}
