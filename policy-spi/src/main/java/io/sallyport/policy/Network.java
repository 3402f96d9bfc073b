package io.sallyport.policy;

/**
 * A range of addresses in CIDR form.
 *
 * @param text its one canonical text, prefix included
 * @param first its first address; the bits after the prefix are zero
 * @param bits length of the prefix
 */
public record Network(String text, NetworkAddress first, int bits) {

    public Network {
        if (bits < 0 || bits > first.bits()) {
            throw new IllegalArgumentException("prefix = " + bits + ", want 0 to " + first.bits());
        }
    }

    /** Whether the address lies in the range. */
    public boolean contains(NetworkAddress address) {
        return first.sharesPrefix(address, bits);
    }

    /** Whether it is every address of its family; allowed, but hardly ever meant. */
    public boolean isEverything() {
        return bits == 0;
    }
}
