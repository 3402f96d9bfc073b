package io.sallyport.provider;

import io.sallyport.policy.NetworkAddress;
import io.sallyport.policy.address.ForwardedHops;
import io.sallyport.policy.address.StrictAddresses;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.inject.spi.CDI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.keycloak.common.ClientConnection;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The address of the client of a request.
 *
 * <p>With Keycloak's {@code proxy-headers} set, {@code ClientConnection.getRemoteAddr()} is the left-most forwarded hop
 * (Keycloak 26.7), which the client writes itself; so the connection's own peer and the raw header are looked at.
 */
public final class ClientAddress {

    private static final String UNTOLD = "untold";
    private static final String RFC_7239 = "Forwarded";
    /** RFC 6177 §2: a single household or site has at least that much, and any address in it at will. */
    private static final int SITE = 64;
    /** Of what is kept of a header. */
    private static final int MAX_HEADER = 255;

    private ClientAddress() {}

    /**
     * What the client's messages are counted by: its address, of IPv6 the /64. Who hides it behind a malformed header is
     * counted with his like; where no proxies are known, nobody's address is, and nothing is counted.
     */
    public static Optional<String> counted(KeycloakSession session, RealmModel realm) {
        boolean told =
                !RealmSettings.of(session, realm).get(Setting.NETWORK_PROXIES).isEmpty();
        return of(session, realm).map(ClientAddress::site).or(() -> told ? Optional.of(UNTOLD) : Optional.empty());
    }

    static String site(NetworkAddress address) {
        return address.prefix(SITE).text();
    }

    /** The client's address; empty if it can't be told. */
    public static Optional<NetworkAddress> of(KeycloakSession session, RealmModel realm) {
        Optional<String> header = header();
        try {
            return header.isEmpty()
                    ? Optional.ofNullable(session.getContext().getConnection())
                            .map(ClientConnection::getRemoteAddr)
                            .flatMap(StrictAddresses::address)
                    : ForwardedHops.client(
                            peer(),
                            values(session, header.get()),
                            header.get().equals(RFC_7239),
                            RealmSettings.of(session, realm).get(Setting.NETWORK_PROXIES));
        } catch (ContextNotActiveException outsideOfARequest) {
            return Optional.empty();
        }
    }

    /** The address of whoever is connected, where that may be a proxy; a client can't choose it. */
    public static Optional<NetworkAddress> proxy() {
        try {
            return header().flatMap(behindProxies -> peer());
        } catch (ContextNotActiveException outsideOfARequest) {
            return Optional.empty();
        }
    }

    /** What the header says by which proxies forward addresses, and clients forge them: its end, as proxies append. */
    public static Optional<String> forwarded(KeycloakSession session) {
        try {
            return header().map(name -> String.join(", ", values(session, name)))
                    .filter(text -> !text.isEmpty())
                    .map(text -> text.substring(Math.max(0, text.length() - MAX_HEADER)));
        } catch (ContextNotActiveException outsideOfARequest) {
            return Optional.empty();
        }
    }

    /** The header that Keycloak takes addresses from; empty if it takes the connection's. */
    private static Optional<String> header() {
        return ConfigProvider.getConfig()
                .getOptionalValue("kc.proxy-headers", String.class)
                .map(which -> which.equals("forwarded") ? RFC_7239 : "X-Forwarded-For");
    }

    private static List<String> values(KeycloakSession session, String header) {
        return Optional.ofNullable(
                        session.getContext().getHttpRequest().getHttpHeaders().getRequestHeader(header))
                .orElse(List.of());
    }

    private static Optional<NetworkAddress> peer() {
        SocketAddress peer = CDI.current()
                .select(RoutingContext.class)
                .get()
                .request()
                .connection()
                .remoteAddress();
        return Optional.ofNullable(peer).map(SocketAddress::hostAddress).flatMap(StrictAddresses::address);
    }
}
