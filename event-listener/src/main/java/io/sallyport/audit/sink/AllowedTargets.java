package io.sallyport.audit.sink;

import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import io.sallyport.policy.address.StrictAddresses;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where the operator lets webhooks go. With nothing listed: to public addresses. Else: to the listed hosts, and to addresses
 * in the listed networks. Loopback and link-local addresses are reached by a listed network only, never by a name.
 */
final class AllowedTargets {

    /** RFC 1122 §3.2.1.3, RFC 3927, RFC 4291 §2.5: this host and this link, where servers trust whoever asks. */
    private static final List<Network> LOCAL =
            networks("0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "::/96", "fe80::/10", "fec0::/10");

    /** RFC 6890 and IANA's registries of special addresses, with the forms of IPv6 that an IPv4 address hides in. */
    private static final List<Network> NOT_PUBLIC = networks(
            "10.0.0.0/8",
            "100.64.0.0/10",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "224.0.0.0/3",
            "64:ff9b::/96",
            "64:ff9b:1::/48",
            "100::/64",
            "2001::/23",
            "2002::/16",
            "fc00::/7",
            "ff00::/8");

    /** A last label of digits only would be half an address. */
    private static final Pattern HOST = Pattern.compile("([a-z0-9-]{1,63}\\.)*(?![0-9]+$)[a-z0-9-]{1,63}");

    private final List<Network> networks;
    private final Set<String> hosts;

    private AllowedTargets(List<Network> networks, Set<String> hosts) {
        this.networks = networks;
        this.hosts = hosts;
    }

    /**
     * Names of hosts and networks in CIDR form, separated by commas.
     *
     * @throws IllegalArgumentException naming what is neither
     */
    static AllowedTargets from(Optional<String> text) {
        Set<String> hosts = new HashSet<>();
        List<Network> networks = new ArrayList<>();
        List<String> entries = text.filter(given -> !given.isBlank())
                .map(given -> List.of(given.split(",", -1)))
                .orElse(List.of());
        for (String entry : entries) {
            String name = entry.strip().toLowerCase(Locale.ROOT);
            Optional<Network> network = StrictAddresses.network(name);
            if (network.isEmpty() && !HOST.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "allow = " + name + ", want names of hosts, and networks in CIDR form, separated by commas");
            }
            network.ifPresentOrElse(networks::add, () -> hosts.add(name));
        }
        return new AllowedTargets(List.copyOf(networks), Set.copyOf(hosts));
    }

    /** Those of a host's addresses that may be connected to. */
    List<InetAddress> of(String host, InetAddress... resolved) {
        return Arrays.stream(resolved)
                .filter(address -> admits(host, NetworkAddress.of(address.getAddress())))
                .toList();
    }

    private boolean admits(String host, NetworkAddress address) {
        if (lies(address, networks)) {
            return true;
        }
        boolean nothingListed = networks.isEmpty() && hosts.isEmpty();
        return !lies(address, LOCAL)
                && (hosts.contains(host.toLowerCase(Locale.ROOT)) || (nothingListed && !lies(address, NOT_PUBLIC)));
    }

    private static boolean lies(NetworkAddress address, List<Network> networks) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static List<Network> networks(String... texts) {
        return Arrays.stream(texts)
                .map(text -> StrictAddresses.network(text).orElseThrow())
                .toList();
    }
}
