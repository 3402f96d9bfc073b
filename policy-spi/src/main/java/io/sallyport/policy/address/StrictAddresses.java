package io.sallyport.policy.address;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import java.util.Optional;

/**
 * Reads addresses and CIDR ranges in their one ordinary form: no names, no wildcards, no octal or hexadecimal parts, no
 * missing parts, no zones. Nothing is ever resolved.
 */
public final class StrictAddresses {

    private static final int MAX_LENGTH = 64;
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .allowPrefixOnly(false)
            .setEmptyAsLoopback(false)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .allowUnlimitedLeadingZeros(false)
            .allowBinary(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowBase85(false)
            .allowBinary(false)
            .allowZone(false)
            .setRangeOptions(inet.ipaddr.AddressStringParameters.RangeParameters.NO_RANGE)
            .getParentBuilder()
            .toParams();

    private StrictAddresses() {}

    /** The address; empty for anything else, a range among them. */
    public static Optional<NetworkAddress> address(String text) {
        return parse(text)
                .filter(address -> !address.isPrefixed())
                .map(address -> NetworkAddress.of(address.getBytes()));
    }

    /**
     * The range; empty for anything else. An address by itself is a range of one; bits after the prefix must be zero, so
     * {@code 10.0.0.1/8} is refused instead of being read as one of the two things it may mean.
     */
    public static Optional<Network> network(String text) {
        return parse(text).filter(StrictAddresses::isBlock).flatMap(address -> {
            int bits = address.isPrefixed() ? address.getNetworkPrefixLength() : address.getBitCount();
            byte[] first = address.getLower().getBytes();
            NetworkAddress lower = NetworkAddress.of(first);
            // a range written in the IPv4-mapped form is no range of either family
            return lower.bits() == first.length * Byte.SIZE
                    ? Optional.of(new Network(
                            address.getLower().withoutPrefixLength().toCanonicalString() + "/" + bits, lower, bits))
                    : Optional.empty();
        });
    }

    private static boolean isBlock(IPAddress address) {
        return !address.isPrefixed() || address.isPrefixBlock() || address.isSinglePrefixBlock();
    }

    private static Optional<IPAddress> parse(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !text.matches("[0-9A-Fa-f:./]+")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new IPAddressString(text, STRICT).toAddress());
        } catch (AddressStringException | IncompatibleAddressException noAddress) {
            return Optional.empty();
        }
    }
}
