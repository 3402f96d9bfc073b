package io.sallyport.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SparseTreeTest {

    private static final int MANY = 140;

    @Test
    void itsProofsAreThoseOfTheWholeTree() {
        for (int size = 1; size <= MANY; size++) {
            List<Hash> leaves = leaves(size);
            SparseTree<RuntimeException> tree = new SparseTree<>(
                    (level, index) -> level == 0 ? Optional.of(leaves.get(Math.toIntExact(index))) : Optional.empty());
            for (int index = 0; index < size; index++) {
                assertThat(tree.inclusion(index, size)).contains(Proof.ofInclusion(leaves, index));
            }
        }
    }

    @Test
    void rootsThatAFrontierToldStandForTheLeavesBelowThem() {
        List<Hash> leaves = leaves(MANY);
        Map<String, Hash> told = new HashMap<>();
        Frontier frontier = Frontier.empty();
        for (Hash leaf : leaves) {
            frontier.append(leaf, (level, index, root) -> told.put(level + "/" + index, root));
        }
        List<Long> asked = new ArrayList<>();
        SparseTree<RuntimeException> tree = new SparseTree<>((level, index) -> {
            if (level == 0) {
                asked.add(index);
                return Optional.of(leaves.get(Math.toIntExact(index)));
            }
            return Optional.ofNullable(told.get(level + "/" + index));
        });

        assertThat(tree.inclusion(70, MANY)).contains(Proof.ofInclusion(leaves, 70));
        assertThat(asked).containsExactly(71L);
    }

    @Test
    void aFrontierKnowsItsOwnRootsAndNoOthers() {
        List<Hash> leaves = leaves(7);
        Frontier frontier = Frontier.empty();
        leaves.forEach(frontier::append);

        assertThat(frontier.root(0, 6)).contains(leaves.get(6));
        assertThat(frontier.root(1, 2)).contains(Hash.node(leaves.get(4), leaves.get(5)));
        assertThat(frontier.root(2, 0))
                .contains(Hash.node(Hash.node(leaves.get(0), leaves.get(1)), Hash.node(leaves.get(2), leaves.get(3))));
        for (int level = 0; level < 70; level++) {
            assertThat(frontier.root(level, 1)).as("level %d", level).isEmpty();
        }
        assertThat(frontier.root(3, 0)).isEmpty();
    }

    @Test
    void whereARootIsNotAtHandThereIsNoProof() {
        List<Hash> leaves = leaves(9);
        SparseTree<RuntimeException> tree = new SparseTree<>((level, index) ->
                level == 0 && index != 5 ? Optional.of(leaves.get(Math.toIntExact(index))) : Optional.empty());

        assertThat(tree.inclusion(4, 9)).isEmpty();
        assertThat(tree.inclusion(0, 9)).isEmpty();
        assertThat(tree.inclusion(8, 9)).isEmpty();
        assertThat(tree.inclusion(5, 9))
                .as("its own hash is the reader's to know")
                .contains(Proof.ofInclusion(leaves, 5));
    }

    private static List<Hash> leaves(int size) {
        List<Hash> leaves = new ArrayList<>();
        Hash last = Hash.empty();
        for (int at = 0; at < size; at++) {
            last = Hash.node(last, Hash.empty());
            leaves.add(last);
        }
        return leaves;
    }
}
