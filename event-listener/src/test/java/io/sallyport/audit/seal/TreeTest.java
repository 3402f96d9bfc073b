package io.sallyport.audit.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tree of RFC 6962 §2.1, by the vectors of Certificate Transparency and beside the RFC's own slow definition. */
final class TreeTest {

    private static final int MANY = 300;

    /** The leaves of the reference implementation's tests, and the roots of the first one, two, … eight of them. */
    private static final List<Hash> VECTOR = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(hex -> leaf(HexFormat.of().parseHex(hex)))
            .toList();

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theRootsAreThoseOfCertificateTransparency() {
        assertThat(hex(Frontier.empty().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

        assertThat(IntStream.rangeClosed(1, 8).mapToObj(size -> hex(root(VECTOR.subList(0, size)))))
                .isEqualTo(ROOTS);
    }

    @Test
    void theProofsAreThoseOfCertificateTransparency() {
        assertThat(hex(Proof.ofInclusion(VECTOR, 0)))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(hex(Proof.ofInclusion(VECTOR, 5)))
                .containsExactly(
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(hex(Proof.ofGrowth(VECTOR, 6)))
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
        assertThat(hex(Proof.ofGrowth(VECTOR.subList(0, 5), 2)))
                .containsExactly(
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");
    }

    @Test
    void leafByLeafItIsWhatTheRfcDefinesFromTheTop() {
        for (int size = 0; size <= MANY; size++) {
            assertThat(root(leaves(size))).as("%d leaves", size).isEqualTo(slowly(leaves(size)));
        }
    }

    @Test
    void aFrontierGoesOnFromItsText() {
        for (int size = 0; size < MANY; size++) {
            Frontier before = Frontier.empty();
            leaves(size).forEach(before::append);

            Frontier after = Frontier.parse(size, before.toString());
            after.append(leaves(MANY).get(size));

            assertThat(after.size()).isEqualTo(size + 1L);
            assertThat(after.root()).isEqualTo(root(leaves(size + 1)));
        }
    }

    @Test
    void aFrontierOfAnotherSizeIsRefused() {
        assertThatThrownBy(() -> Frontier.parse(2, "")).hasMessage("frontier of 0 bytes for 2 leaves, want 32");
        assertThatThrownBy(() -> Frontier.parse(-1, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hash.parse("AAAA")).hasMessage("hash of 3 bytes, want 32");
    }

    @Test
    void everyLeafHasAProofAndNoOtherLeafPlaceSizeOrRootHasIt() {
        for (int size : List.of(1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 65, 127, 255, MANY)) {
            List<Hash> leaves = leaves(size);
            Hash root = root(leaves);
            for (int at = 0; at < size; at++) {
                int index = at;
                Proof proof = Proof.ofInclusion(leaves, index);
                Hash leaf = leaves.get(index);
                Hash other = leaf(new byte[] {9});

                assertThat(proof.includes(leaf, index, size, root)).isTrue();
                assertThat(proof.includes(other, index, size, root)).isFalse();
                assertThat(proof.includes(leaf, index, size, other)).isFalse();
                assertThat(proof.includes(leaf, -1, size, root)).isFalse();
                assertThat(proof.includes(leaf, index, index, root)).isFalse();
                if (size > 1) {
                    assertThat(proof.includes(leaf, (index + 1) % size, size, root))
                            .isFalse();
                }
                assertThat(mutations(proof)).noneMatch(bad -> bad.includes(leaf, index, size, root));
            }
        }
    }

    @Test
    void everyGrowthHasAProofAndNoOtherHistoryHasIt() {
        for (int second : List.of(1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 65, 127, MANY)) {
            List<Hash> leaves = leaves(second);
            Hash secondRoot = root(leaves);
            for (int size = 1; size <= second; size++) {
                int first = size;
                Hash firstRoot = root(leaves.subList(0, first));
                Hash other = leaf(new byte[] {9});
                Proof proof = Proof.ofGrowth(leaves, first);

                assertThat(proof.grew(first, firstRoot, second, secondRoot)).isTrue();
                assertThat(proof.grew(first, other, second, secondRoot)).isFalse();
                assertThat(proof.grew(first, firstRoot, second, other)).isFalse();
                assertThat(proof.grew(0, firstRoot, second, secondRoot)).isFalse();
                assertThat(proof.grew(second + 1L, firstRoot, second, secondRoot))
                        .isFalse();
                assertThat(mutations(proof)).noneMatch(bad -> bad.grew(first, firstRoot, second, secondRoot));
            }
        }
    }

    /** Each hash flipped or left out, one too many at either end. */
    private static Stream<Proof> mutations(Proof proof) {
        Hash other = leaf(new byte[] {7});
        List<Proof> bad = new ArrayList<>();
        for (int at = 0; at < proof.path().size(); at++) {
            List<Hash> flipped = new ArrayList<>(proof.path());
            flipped.set(at, other);
            bad.add(new Proof(flipped));
            List<Hash> shorter = new ArrayList<>(proof.path());
            shorter.remove(at);
            bad.add(new Proof(shorter));
        }
        List<Hash> longer = new ArrayList<>(proof.path());
        longer.add(other);
        bad.add(new Proof(longer));
        longer.remove(longer.size() - 1);
        longer.add(0, other);
        bad.add(new Proof(longer));
        return bad.stream();
    }

    /** RFC 6962 §2.1 to the letter. */
    private static Hash slowly(List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return Hash.empty();
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int k = 1;
        while (k * 2 < leaves.size()) {
            k *= 2;
        }
        return Hash.node(slowly(leaves.subList(0, k)), slowly(leaves.subList(k, leaves.size())));
    }

    private static List<Hash> leaves(int size) {
        return IntStream.range(0, size)
                .mapToObj(number -> leaf(Integer.toString(number).getBytes(UTF_8)))
                .toList();
    }

    private static Hash root(List<Hash> leaves) {
        Frontier frontier = Frontier.empty();
        leaves.forEach(frontier::append);
        return frontier.root();
    }

    private static List<String> hex(Proof proof) {
        return proof.path().stream().map(TreeTest::hex).toList();
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }

    private static Hash leaf(byte[] bytes) {
        Content content = new Content();
        content.bytes(bytes);
        return Hash.leaf(content);
    }
}
