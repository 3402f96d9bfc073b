package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Checkpoint;
import io.sallyport.audit.seal.Frontier;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One batch of rows into one realm's tree, in one transaction: it is all there, signature included, or nothing of it. */
final class Sealing {

    static final int BATCH = 1000;
    /** How far the clocks of nodes and of the database may lie apart. */
    static final Duration CLOCKS = Duration.ofMinutes(5);

    private static final Logger LOG = Logger.getLogger(Sealing.class);

    private final Connection connection;
    private final Signing signing;
    private final Duration interval;
    private final SecureRandom random;

    /** @param interval how much time lies between two checkpoints that are kept */
    Sealing(Connection connection, Signing signing, Duration interval, SecureRandom random) {
        this.connection = connection;
        this.signing = signing;
        this.interval = interval;
        this.random = random;
    }

    /**
     * What was done.
     *
     * @param rows how many rows were sealed
     * @param letOut the checkpoint that is to leave the database once this is committed
     */
    record Batch(int rows, Optional<SignedCheckpoint> letOut) {

        static final Batch NONE = new Batch(0, Optional.empty());
    }

    /** Seals what is there; nothing if another node is at it, or if the tree is not what the realm signed. */
    Batch seal(String realmId, Instant now) throws SQLException {
        Trees trees = new Trees(connection);
        if (!trees.lock()) {
            return Batch.NONE;
        }
        Tree tree = trees.of(realmId);
        if (!isSound(tree)) {
            return Batch.NONE;
        }
        List<Map<String, String>> rows = new Unsealed(connection).of(realmId, BATCH);
        Tree grown = rows.isEmpty() ? tree : grow(tree, rows, now);
        Optional<SignedCheckpoint> due = grown.signed()
                .filter(last -> last.leaves() > grown.keptLeaves() || isFromTheFuture(grown, now))
                .filter(last -> !now.isBefore(grown.keptAt().plus(interval)) || isFromTheFuture(grown, now));
        if (due.isPresent()) {
            trees.keep(realmId, due.get());
        }
        trees.save(due.map(checkpoint -> grown.kept(checkpoint, now)).orElse(grown));
        return new Batch(rows.size(), due);
    }

    /** Nobody signs for what was kept last: who writes that it was more, or later, would keep checkpoints in for ever. */
    private static boolean isFromTheFuture(Tree tree, Instant now) {
        return tree.keptLeaves() > tree.leaves() || tree.keptAt().isAfter(now.plus(CLOCKS));
    }

    private Tree grow(Tree tree, List<Map<String, String>> rows, Instant now) throws SQLException {
        Frontier frontier = tree.state();
        List<SealedRow> sealed = new ArrayList<>();
        List<Nodes.Node> nodes = new ArrayList<>();
        for (Map<String, String> row : rows) {
            SealedRow next = new SealedRow(row, frontier.size(), random);
            frontier.append(next.leaf(), (level, index, root) -> nodes.add(new Nodes.Node(level, index, root)));
            sealed.add(next);
        }
        new Unsealed(connection).seal(sealed);
        new Nodes(connection, tree.realmId())
                .save(nodes.stream()
                        .filter(node -> Nodes.Node.isKept(node.level()))
                        .toList());
        Tree grown = tree.grown(frontier);
        Instant time = now.isBefore(tree.signedAt()) ? tree.signedAt() : now;
        Instant completeAt = rows.size() < BATCH ? time : tree.completeAt();
        String told = told(tree).orElseGet(() -> frontier.root().toString());
        return signing.sign(new Checkpoint(tree.realmId(), grown.leaves(), frontier.root(), time, completeAt), told)
                .map(jws -> grown.signed(new SignedCheckpoint(grown.leaves(), time, completeAt, jws)))
                .orElse(grown);
    }

    /**
     * What the trail is told by, as the realm signed it: never from a column, for who begins a trail again by SQL could write
     * there what the one before it was told by. A node of an older version signs without it; then a kept checkpoint says it.
     */
    private Optional<String> told(Tree tree) throws SQLException {
        Optional<SignedCheckpoint> last = tree.signed();
        Optional<String> told = last.flatMap(checkpoint -> signing.tree(checkpoint.jws()));
        if (told.isPresent() || last.isEmpty()) {
            return told;
        }
        return new Trees(connection)
                .kept(tree.realmId()).stream()
                        .filter(jws -> signing.tree(jws).isPresent() && isGenuine(tree.realmId(), jws))
                        .findFirst()
                        .flatMap(signing::tree);
    }

    private boolean isGenuine(String realmId, String jws) {
        return signing.payload(jws)
                .flatMap(payload -> Checkpoint.read(realmId, payload))
                .filter(checkpoint -> signing.check(jws, checkpoint) == Signing.Finding.GENUINE)
                .isPresent();
    }

    /** Whoever changed rows and hashed them again would otherwise get the realm's signature for it. */
    private boolean isSound(Tree tree) {
        Optional<Checkpoint> stated = tree.stated();
        if (stated.isEmpty()) {
            return true;
        }
        String jws = tree.signed().map(SignedCheckpoint::jws).orElse("");
        Signing.Finding found = signing.check(jws, stated.get());
        // an unknown key is anybody's; of a realm that is gone nothing is ever signed again
        boolean sound = found == Signing.Finding.GENUINE || found == Signing.Finding.NO_REALM;
        if (!sound) {
            LOG.errorf(
                    "The audit trail of realm %s is not sealed further than row %d: the signature below its tree is %s",
                    tree.realmId(), tree.leaves(), found);
        }
        return sound;
    }
}
