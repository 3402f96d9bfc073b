package io.sallyport.verifier;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.JointProof;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a line of a file says to whoever reads the trail, as far as a line can be understood by itself.
 *
 * @param file where it stands
 * @param realmId whose trail it is, if that is known
 */
record Meaning(Keys keys, String file, Optional<String> realmId) {

    /** The type of messages with a checkpoint, as CloudEvents have it. */
    private static final String CHECKPOINT_EVENT = "auth.mfa_audit_checkpoint";

    private static final Pattern JWS = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private static final Lines.Step PASSED_OVER = check -> {
        check.passOver();
        return Optional.empty();
    };

    /** Of a file that is the trail. */
    Meaning(Keys keys, String file) {
        this(keys, file, Optional.empty());
    }

    /** Of a checkpoint that did not come with the trail, of a message that may have one, or of any line of a log. */
    Lines.Step outside(Line line) {
        Map<String, Object> says = written(line.text().strip());
        if (says.containsKey("specversion")) { // a message of a webhook, of which it may have kept all
            return CHECKPOINT_EVENT.equals(says.get("type"))
                    ? elsewhere(Json.asObject(says.getOrDefault("data", ""), "data"))
                    : PASSED_OVER;
        }
        if (says.get("message") instanceof String message) { // of a log in JSON
            return elsewhere(logged(message.strip()));
        }
        return elsewhere(says);
    }

    private static Map<String, Object> written(String line) {
        return line.startsWith("{") ? Json.object(line) : logged(line);
    }

    /** What a line of a log ends with: a checkpoint, as such or alone as servers of before wrote it, or nothing of the kind. */
    private static Map<String, Object> logged(String line) {
        String last = line.substring(line.lastIndexOf(' ') + 1);
        if (last.startsWith("{\"checkpoint\":")) {
            return Json.object(last);
        }
        return JWS.matcher(last).matches() ? Map.of("checkpoint", last) : Map.of();
    }

    /** A log, or an address for messages, may be that of many realms, whose keys nobody has to have. */
    private Lines.Step elsewhere(Map<String, Object> line) {
        return line.containsKey("checkpoint") && (realmId.isEmpty() || realmId.equals(Owner.of(line)))
                ? signed(line, Check::outside)
                : PASSED_OVER;
    }

    /** Of a line of the trail. */
    Lines.Step inside(Line text) {
        Optional<Row> plain = RowLine.read(text);
        if (plain.isPresent()) {
            return check -> check.row(plain.get());
        }
        Map<String, Object> line = Json.object(text.text());
        if (line.keySet().equals(Set.of("checkpoint"))) {
            return signed(line, Check::checkpoint);
        }
        if (line.keySet().equals(Set.of("proof"))) {
            JointProof proof = proof(line.get("proof"));
            return check -> check.proof(proof);
        }
        if (line.keySet().equals(Set.of("manifest"))) {
            return Check::manifest;
        }
        if (line.keySet().equals(Set.of("cut"))) {
            return removed(line);
        }
        Row row = Row.of(line);
        return check -> check.row(row);
    }

    private static JointProof proof(@Nullable Object said) {
        try {
            return new JointProof((said instanceof List<?> hashes ? hashes : List.of(""))
                    .stream().map(hash -> Hash.parse(String.valueOf(hash))).toList());
        } catch (IllegalArgumentException none) {
            throw new Unreadable("a proof that is none");
        }
    }

    private Lines.Step removed(Map<String, Object> line) {
        Keys.Verdict verdict = keys.verify(line.get("cut") instanceof String jws ? jws : "", Cut.TYPE);
        Cut cut = cut(verdict.payload());
        return verdict.genuine()
                ? check -> check.cut(cut)
                : check -> Optional.of(Finding.at(0, "nobody signed that rows were removed"));
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

    private Lines.Step signed(Map<String, Object> line, BiFunction<Check, Witness, Optional<Finding>> then) {
        Keys.Verdict verdict = keys.verify(line.get("checkpoint") instanceof String jws ? jws : "", Checkpoint.TYPE);
        Witness witness = Witness.of(verdict, file);
        return verdict.genuine()
                ? check -> then.apply(check, witness)
                : check -> Optional.of(Finding.at(Math.max(0, witness.size() - 1), "nobody signed " + witness));
    }
}
