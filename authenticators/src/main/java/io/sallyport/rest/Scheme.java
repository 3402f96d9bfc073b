package io.sallyport.rest;

import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import org.keycloak.models.KeycloakSession;

/** How the caller presented his token, which a refusal repeats: RFC 6750 §3, RFC 9449 §7.1. */
enum Scheme {
    BEARER("Bearer"),
    DPOP("DPoP");

    private final String word;

    Scheme(String word) {
        this.word = word;
    }

    /** Of this request; that of a plain token where there is none. */
    static Scheme of(KeycloakSession session) {
        String header =
                session.getContext().getHttpRequest().getHttpHeaders().getHeaderString(HttpHeaders.AUTHORIZATION);
        return header != null && header.toLowerCase(Locale.ROOT).startsWith("dpop ") ? DPOP : BEARER;
    }

    /** The value of {@code WWW-Authenticate}. */
    String refusal(String parameters) {
        return word + " " + parameters;
    }
}
