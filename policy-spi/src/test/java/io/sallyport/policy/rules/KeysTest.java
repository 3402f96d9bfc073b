package io.sallyport.policy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.address.StrictAddresses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A sign-in's keys: what they don't have is told apart quickly, and what they have is never missed. */
final class KeysTest {

    private static final SignInFacts FACTS = Visitor.ann()
            .as("payer", "clerk")
            .at("shop")
            .through("corp")
            .from(Optional.of("10.20.30.40"))
            .facts();
    private static final List<Key> HELD = List.of(
            new Key.Always(),
            new Key.Named(Key.Kind.CLIENT, "shop"),
            new Key.Named(Key.Kind.PROVIDER, "corp"),
            new Key.Named(Key.Kind.TENANT, "acme"),
            new Key.Named(Key.Kind.ROLE, "payer"),
            new Key.Named(Key.Kind.ROLE, "clerk"),
            new Key.Block(first("10.20.0.0/16"), 16),
            new Key.Block(first("10.0.0.0/8"), 8));

    @Test
    void aSignInHasTheKeysOfItsFactsAndNoOther() {
        Keys keys = Keys.of(FACTS, Set.of(8, 16, 64));
        List<Key> all = new ArrayList<>();
        keys.forEach(all::add);

        assertThat(all).containsExactlyInAnyOrderElementsOf(HELD);
        assertThat(keys.size()).isEqualTo(HELD.size());
        assertThat(HELD).allMatch(keys::contains).allMatch(key -> keys.mayContain(key.hashCode()));
        assertThat(keys.contains(new Key.Named(Key.Kind.CLIENT, "payer"))).isFalse();
        assertThat(keys.mayContain()).isFalse();
    }

    @Test
    void mostOfWhatItDoesNotHaveIsToldByTheHashAlone() {
        Keys keys = Keys.of(FACTS, Set.of(8, 16));
        long mistaken = IntStream.range(0, 1_000)
                .filter(i -> keys.mayContain(new Key.Named(Key.Kind.CLIENT, "client-" + i).hashCode()))
                .count();

        assertThat(mistaken).isLessThan(50);
        assertThat(keys.mayContain(
                        new Key.Named(Key.Kind.CLIENT, "client-1").hashCode(),
                        HELD.get(0).hashCode()))
                .isTrue();
    }

    @Test
    void aBucketWithoutRulesIsEmpty() {
        PolicyRule rule = Draft.required("r", Draft.global()).done();
        Bucket one = Bucket.EMPTY.with(List.of(), List.of(rule));

        assertThat(Bucket.EMPTY.isEmpty()).isTrue();
        assertThat(one.isEmpty()).isFalse();
        assertThat(one.with(List.of(rule), List.of()).isEmpty()).isTrue();
    }

    private static NetworkAddress first(String range) {
        return StrictAddresses.network(range).map(Network::first).orElseThrow();
    }
}
