package io.sallyport.resource;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that an application states about itself and its issuer.
 *
 * @param issuer address of the realm, exactly as tokens name it
 * @param server address of the realm as this application reaches it
 * @param audience what tokens for this application carry in {@code aud}
 * @param clients whose tokens are taken ({@code azp}); empty for all of the issuer's
 * @param algorithms that tokens may be signed with
 * @param leeway how far clocks may be apart
 * @param timeout how long the issuer may take for a whole answer
 * @param answer how a missing approval is told
 * @param maxAge how old a proof may be; absent leaves that to the realm
 */
public record ResourceSettings(
        URI issuer,
        URI server,
        String audience,
        Set<String> clients,
        Set<String> algorithms,
        Duration leeway,
        Duration timeout,
        Answer answer,
        Optional<Duration> maxAge) {

    public ResourceSettings {
        clients = Set.copyOf(clients);
        algorithms = Set.copyOf(algorithms);
    }

    /**
     * Reads {@code sallyport.issuer} and {@code sallyport.audience}, and what else is there; see docs/resource-server.md.
     *
     * @throws IllegalArgumentException naming key, found and wanted
     */
    public static ResourceSettings from(Map<String, String> texts) {
        SettingTexts given = new SettingTexts(texts);
        URI issuer = given.address("issuer").orElseThrow(() -> given.missing("issuer"));
        return new ResourceSettings(
                issuer,
                given.address("server").orElse(issuer),
                given.text("audience").orElseThrow(() -> given.missing("audience")),
                given.words("clients", ".+").orElse(Set.of()),
                // not HS256, whose key would be the public one, and not "none"
                given.words("algorithms", "[RP]S(256|384|512)|ES(256|384|512)")
                        .orElse(Set.of("RS256", "PS256", "ES256")),
                given.seconds("leeway", 0, 60).orElse(Duration.ofSeconds(30)),
                given.seconds("timeout", 1, 30).orElse(Duration.ofSeconds(5)),
                given.one("answer", Answer.values()).orElse(Answer.FORBIDDEN),
                given.seconds("max-age", 1, 3600));
    }

    URI keys() {
        return URI.create(server + "/protocol/openid-connect/certs");
    }

    URI authorize() {
        return URI.create(server + "/v1/auth/mfa/authorize");
    }
}
