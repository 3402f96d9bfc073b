package io.sallyport.factor.webauthn;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * All that is configured about who we are, and how a relying party follows from it. A request is not among it: whoever
 * can choose the {@code Host} of a request must not choose the origin that is expected.
 *
 * @param rpId the realm's setting {@code mfa.webauthn.rp-id}
 * @param origins the realm's setting {@code mfa.webauthn.origins}
 * @param policyRpId RP ID of Keycloak's WebAuthn policy
 * @param policyOrigins extra origins of Keycloak's WebAuthn policy
 * @param addresses where people reach the server, most specific first: the realm's frontend URL, the server's hostname
 */
public record PartySources(
        Optional<String> rpId,
        List<String> origins,
        Optional<String> policyRpId,
        List<String> policyOrigins,
        List<URI> addresses) {

    public PartySources {
        origins = List.copyOf(origins);
        policyOrigins = List.copyOf(policyOrigins);
        addresses = List.copyOf(addresses);
    }

    /** The relying party; empty if nothing is configured that one could follow from: then no key is of use. */
    public Optional<RelyingParty> party() {
        Set<String> pages = new LinkedHashSet<>(origins);
        if (pages.isEmpty()) {
            addresses.stream()
                    .map(PartySources::origin)
                    .flatMap(Optional::stream)
                    .forEach(pages::add);
        }
        pages.addAll(policyOrigins);
        Optional<String> id = rpId.or(() -> policyRpId).or(() -> host(pages));
        return pages.isEmpty() ? Optional.empty() : id.map(known -> new RelyingParty(known, pages));
    }

    /**
     * The origin of an address as browsers write it; empty if no browser lets a page there ask for a key: it must be
     * https, or localhost.
     */
    public static Optional<String> origin(URI address) {
        String scheme = Optional.ofNullable(address.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https") || (scheme.equals("http") && host.equals("localhost"));
        if (!secure || host.isEmpty()) {
            return Optional.empty();
        }
        boolean usual = address.getPort() == -1 || address.getPort() == (scheme.equals("https") ? 443 : 80);
        return Optional.of(scheme + "://" + host + (usual ? "" : ":" + address.getPort()));
    }

    private static Optional<String> host(Set<String> pages) {
        return pages.stream().findFirst().flatMap(page -> {
            try {
                return Optional.ofNullable(new URI(page).getHost());
            } catch (URISyntaxException notAnAddress) {
                return Optional.empty();
            }
        });
    }
}
