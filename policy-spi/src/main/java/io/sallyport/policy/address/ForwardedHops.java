package io.sallyport.policy.address;

import io.sallyport.policy.Network;
import io.sallyport.policy.NetworkAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the client behind proxies. A proxy appends the address of its own peer, so only the right end of the list is
 * trustworthy: walking from there past the known proxies, the first other address is the client's. Keycloak 26.7 takes
 * the left end, which the client writes itself.
 */
public final class ForwardedHops {

    private static final int MAX_HOPS = 32;
    /** {@code a.b.c.d}, {@code a.b.c.d:port}, {@code [v6]}, {@code [v6]:port} or {@code v6}. */
    private static final Pattern HOP =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)\\](?::[0-9]{1,5})?|([0-9.]+):[0-9]{1,5}|([0-9A-Fa-f:.]+)");
    /** RFC 7239 §4: the parameter {@code for} of one element. */
    private static final Pattern FOR = Pattern.compile("(?i)(?:^|;)\\s*for=(?:\"([^\"]*)\"|([^\";,\\s]+))\\s*(?=;|$)");

    private ForwardedHops() {}

    /**
     * The client's address; empty if it can't be told: no known proxies, a peer that is none, nothing but proxies, or a
     * malformed entry on the way.
     *
     * @param peer the address of the connection itself
     * @param headers the values of the header, in the order of the request
     * @param rfc7239 whether it is {@code Forwarded} rather than {@code X-Forwarded-For}
     * @param proxies the networks of the known proxies
     */
    public static Optional<NetworkAddress> client(
            Optional<NetworkAddress> peer, List<String> headers, boolean rfc7239, List<Network> proxies) {
        if (proxies.isEmpty() || peer.isEmpty()) {
            return Optional.empty();
        }
        if (!isProxy(peer.get(), proxies)) {
            return peer; // nobody we know forwarded it: what the header says is the client's own text
        }
        List<String> hops = new ArrayList<>();
        headers.forEach(value -> hops.addAll(List.of(value.split(",", -1))));
        if (hops.size() > MAX_HOPS) {
            return Optional.empty();
        }
        for (int i = hops.size() - 1; i >= 0; i--) {
            Optional<NetworkAddress> hop =
                    rfc7239 ? element(hops.get(i)) : hop(hops.get(i).strip());
            if (hop.isEmpty() || !isProxy(hop.get(), proxies)) {
                return hop;
            }
        }
        return Optional.empty();
    }

    private static boolean isProxy(NetworkAddress address, List<Network> proxies) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    private static Optional<NetworkAddress> element(String element) {
        Matcher matcher = FOR.matcher(element.strip());
        if (!matcher.find()) {
            return Optional.empty();
        }
        String node = Optional.ofNullable(matcher.group(1)).orElseGet(() -> String.valueOf(matcher.group(2)));
        return matcher.find() ? Optional.empty() : hop(node);
    }

    private static Optional<NetworkAddress> hop(String text) {
        Matcher matcher = HOP.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            String address = matcher.group(group);
            if (address != null) {
                return StrictAddresses.address(address);
            }
        }
        return Optional.empty();
    }
}
