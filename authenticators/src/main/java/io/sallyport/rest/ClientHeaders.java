package io.sallyport.rest;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The headers of a call, with the client's authorization in the place of the user's.
 *
 * @param call those of the call
 */
record ClientHeaders(HttpHeaders call) implements HttpHeaders {

    /** Where a client writes what would be its {@code Authorization} at the token endpoint. */
    static final String AUTHORIZATION_OF_CLIENT = "X-Client-Authorization";

    @Override
    public List<String> getRequestHeader(String name) {
        List<String> values =
                call.getRequestHeader(name.equalsIgnoreCase(AUTHORIZATION) ? AUTHORIZATION_OF_CLIENT : name);
        return values == null ? List.of() : values;
    }

    @Override
    public String getHeaderString(String name) {
        return String.join(",", getRequestHeader(name));
    }

    @Override
    public MultivaluedMap<String, String> getRequestHeaders() {
        MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
        call.getRequestHeaders().forEach((name, values) -> {
            if (!name.equalsIgnoreCase(AUTHORIZATION)) {
                headers.put(name, values);
            }
        });
        if (!getRequestHeader(AUTHORIZATION).isEmpty()) {
            headers.put(AUTHORIZATION, getRequestHeader(AUTHORIZATION));
        }
        return headers;
    }

    @Override
    public List<MediaType> getAcceptableMediaTypes() {
        return call.getAcceptableMediaTypes();
    }

    @Override
    public List<Locale> getAcceptableLanguages() {
        return call.getAcceptableLanguages();
    }

    @Override
    public MediaType getMediaType() {
        return MediaType.APPLICATION_FORM_URLENCODED_TYPE;
    }

    @Override
    public Locale getLanguage() {
        return call.getLanguage();
    }

    @Override
    public Map<String, Cookie> getCookies() {
        return call.getCookies();
    }

    @Override
    public Date getDate() {
        return call.getDate();
    }

    @Override
    public int getLength() {
        return call.getLength();
    }
}
