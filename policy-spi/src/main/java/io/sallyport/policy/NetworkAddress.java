package io.sallyport.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** The address of a peer, as four or sixteen bytes; an IPv4-mapped IPv6 address is the IPv4 address. */
public final class NetworkAddress {

    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final int MAPPED_PREFIX = V6_BYTES - V4_BYTES;

    private final byte[] bytes;

    private NetworkAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The address of these bytes, in network order. */
    public static NetworkAddress of(byte[] bytes) {
        if (bytes.length != V4_BYTES && bytes.length != V6_BYTES) {
            throw new IllegalArgumentException("address has " + bytes.length + " bytes, want 4 or 16");
        }
        // RFC 4291 §2.5.5.2: ::ffff:a.b.c.d, and only that form, is an IPv4 node.
        return new NetworkAddress(isMapped(bytes) ? Arrays.copyOfRange(bytes, MAPPED_PREFIX, V6_BYTES) : bytes.clone());
    }

    /** The same bit of both addresses is equal, for the first so many bits; addresses of two families never are. */
    boolean sharesPrefix(NetworkAddress other, int bits) {
        if (bytes.length != other.bytes.length) {
            return false;
        }
        int whole = bits / Byte.SIZE;
        int rest = bits % Byte.SIZE;
        return Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)
                && (rest == 0 || ((bytes[whole] ^ other.bytes[whole]) & 0xff) >>> (Byte.SIZE - rest) == 0);
    }

    /** The first address of the range of that prefix length in which this address lies. */
    public NetworkAddress prefix(int bits) {
        byte[] start = bytes.clone();
        int whole = bits / Byte.SIZE;
        if (whole < start.length) {
            start[whole] &= (byte) (0xff00 >> bits % Byte.SIZE);
            Arrays.fill(start, whole + 1, start.length, (byte) 0);
        }
        return new NetworkAddress(start);
    }

    /** Length in bits: 32 or 128. */
    public int bits() {
        return bytes.length * Byte.SIZE;
    }

    private static boolean isMapped(byte[] bytes) {
        if (bytes.length != V6_BYTES) {
            return false;
        }
        for (int i = 0; i < MAPPED_PREFIX - 2; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[MAPPED_PREFIX - 2] == (byte) 0xff && bytes[MAPPED_PREFIX - 1] == (byte) 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkAddress address && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The address as people write it; nothing is resolved. */
    public String text() {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four or sixteen bytes are an address", impossible);
        }
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
