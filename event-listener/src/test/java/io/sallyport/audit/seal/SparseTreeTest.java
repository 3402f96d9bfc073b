package io.sallyport.audit.seal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SparseTreeTest {

    private static final int MANY = 140;

    @Test
    void itsProofsAreThoseOfTheWholeTree() {
        for (int size = 1; size <= MANY; size++) {
            List<Hash> leaves = leaves(size);
            SparseTree<RuntimeException> tree = tree(leaves);
            for (int index = 0; index < size; index++) {
                assertThat(tree.inclusion(index, size)).contains(Proof.ofInclusion(leaves, index));
            }
        }
    }

    @Test
    void whicheverRowsAreProvedTogetherLeadToTheRootAndNoOthersDo() {
        Random random = new Random(6962);
        for (int size = 1; size <= MANY; size++) {
            List<Hash> leaves = leaves(size);
            Frontier frontier = Frontier.empty();
            leaves.forEach(frontier::append);
            SortedMap<Long, Hash> some = new TreeMap<>();
            for (int tries = 1 + random.nextInt(2 * size); tries > 0; tries--) {
                int index = random.nextInt(size);
                some.put((long) index, leaves.get(index));
            }

            JointProof proof =
                    tree(leaves).inclusion(new TreeSet<>(some.keySet()), size).orElseThrow();

            assertThat(proof.includes(some, size, frontier.root())).isTrue();
            assertNothingElseIsShown(proof, some, size, frontier.root());
        }
    }

    /** One thing after the other is changed. */
    private static void assertNothingElseIsShown(JointProof proof, SortedMap<Long, Hash> some, long size, Hash root) {
        for (Map.Entry<Long, Hash> leaf : some.entrySet()) {
            SortedMap<Long, Hash> changed = new TreeMap<>(some);
            changed.put(leaf.getKey(), Hash.empty());
            assertThat(proof.includes(changed, size, root)).isFalse();
            changed.remove(leaf.getKey());
            assertThat(proof.includes(changed, size, root)).isFalse();
        }
        for (int at = 0; at < proof.others().size(); at++) {
            List<Hash> others = new ArrayList<>(proof.others());
            others.set(at, Hash.empty());
            assertThat(new JointProof(others).includes(some, size, root)).isFalse();
            others.remove(at);
            assertThat(new JointProof(others).includes(some, size, root)).isFalse();
        }
        List<Hash> more = new ArrayList<>(proof.others());
        more.add(Hash.empty());
        assertThat(new JointProof(more).includes(some, size, root)).isFalse();
        SortedMap<Long, Hash> beyond = new TreeMap<>(some);
        beyond.put(size, Hash.empty());
        assertThat(proof.includes(beyond, size, root)).isFalse();
        assertThat(proof.includes(new TreeMap<>(), size, root)).isFalse();
    }

    @Test
    void rowsSideBySideNeedFewOthers() {
        SortedSet<Long> neighbours = new TreeSet<>();
        for (long index = 40; index < 120; index++) {
            neighbours.add(index);
        }

        assertThat(tree(leaves(MANY)).inclusion(neighbours, MANY).orElseThrow().others())
                .hasSizeLessThan(8);
    }

    private static SparseTree<RuntimeException> tree(List<Hash> leaves) {
        return new SparseTree<>(
                (level, index) -> level == 0 ? Optional.of(leaves.get(Math.toIntExact(index))) : Optional.empty());
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
