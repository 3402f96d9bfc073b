package io.sallyport.audit.sealing;

import io.sallyport.audit.seal.Cut;
import io.sallyport.audit.seal.Frontier;
import io.sallyport.audit.seal.Hash;
import io.sallyport.audit.seal.SparseTree;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The roots of a realm's trail that the database has: those that are kept, leaves, and those of the rows that were removed. */
final class StoredRoots implements SparseTree.Roots<SQLException> {

    private final Nodes nodes;
    private final Frontier gone;
    private final int most;
    private final Map<Tile, Map<Long, Hash>> tiles = new HashMap<>();
    private int leaves;

    /** @param gone the frontier of the rows that were removed */
    private StoredRoots(Connection connection, String realmId, Frontier gone, int most) {
        this.nodes = new Nodes(connection, realmId);
        this.gone = gone;
        this.most = most;
    }

    /**
     * Of a realm's trail as it is now.
     *
     * @param most how many tiles of leaves are read: a trail that was sealed before roots were kept has nothing else
     */
    static StoredRoots of(Connection connection, String realmId, int most) throws SQLException {
        Frontier gone = new Cuts(connection).last(realmId).map(Cut::frontier).orElseGet(Frontier::empty);
        return new StoredRoots(connection, realmId, gone, most);
    }

    @Override
    public Optional<Hash> of(int level, long index) throws SQLException {
        Optional<Hash> removed = gone.root(level, index);
        if (removed.isPresent() || !Nodes.Node.isKept(level)) {
            return removed;
        }
        Tile tile = new Tile(level, index / Nodes.TILE);
        Map<Long, Hash> known = tiles.get(tile);
        if (known == null) {
            known = read(tile);
            tiles.put(tile, known);
        }
        return Optional.ofNullable(known.get(index));
    }

    private Map<Long, Hash> read(Tile tile) throws SQLException {
        if (tile.level() > 0) {
            return nodes.tile(tile.level(), tile.index());
        }
        return ++leaves > most ? Map.of() : nodes.leaves(tile.index());
    }

    private record Tile(int level, long index) {}
}
