package io.sallyport.policy.rules;

import io.sallyport.policy.SignInFacts;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The keys of one sign-in. Most buckets hold none of them, which a few bits tell without a look at the buckets' keys. */
final class Keys {

    private static final int BITS = 1024;

    private final Set<Key> keys = new HashSet<>();
    private final BitSet hashes = new BitSet(BITS);

    private Keys() {}

    /** Those of a sign-in, of ranges only those of the given prefix lengths. */
    static Keys of(SignInFacts facts, Set<Integer> prefixLengths) {
        Keys keys = new Keys();
        keys.add(new Key.Always());
        keys.add(new Key.Named(Key.Kind.CLIENT, facts.clientId()));
        facts.identityProvider().ifPresent(alias -> keys.add(new Key.Named(Key.Kind.PROVIDER, alias)));
        facts.tenants().forEach(tenant -> keys.add(new Key.Named(Key.Kind.TENANT, tenant)));
        facts.roles().forEach(role -> keys.add(new Key.Named(Key.Kind.ROLE, role)));
        facts.address()
                .ifPresent(address -> prefixLengths.stream()
                        .filter(bits -> bits <= address.bits())
                        .forEach(bits -> keys.add(new Key.Block(address.prefix(bits), bits))));
        return keys;
    }

    private void add(Key key) {
        keys.add(key);
        hashes.set(bit(key.hashCode()));
    }

    int size() {
        return keys.size();
    }

    boolean contains(Key key) {
        return keys.contains(key);
    }

    /** Whether one of the keys may have one of these hash codes; false is certain. */
    boolean mayContain(int... hashCodes) {
        for (int hashCode : hashCodes) {
            if (hashes.get(bit(hashCode))) {
                return true;
            }
        }
        return false;
    }

    void forEach(Consumer<Key> to) {
        keys.forEach(to);
    }

    private static int bit(int hashCode) {
        return Math.floorMod(hashCode ^ (hashCode >>> 10) ^ (hashCode >>> 20), BITS);
    }
}
