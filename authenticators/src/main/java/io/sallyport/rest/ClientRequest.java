package io.sallyport.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.security.cert.X509Certificate;
import org.keycloak.http.FormPartValue;
import org.keycloak.http.HttpRequest;

/**
 * A call as the authentication of clients reads requests: a form, and a header that is the client's own.
 *
 * @param call the call
 * @param form what it says of the client
 */
record ClientRequest(HttpRequest call, MultivaluedMap<String, String> form) implements HttpRequest {

    @Override
    public String getHttpMethod() {
        return call.getHttpMethod();
    }

    @Override
    public MultivaluedMap<String, String> getDecodedFormParameters() {
        return form;
    }

    @Override
    public MultivaluedMap<String, FormPartValue> getMultiPartFormParameters() {
        return call.getMultiPartFormParameters();
    }

    @Override
    public HttpHeaders getHttpHeaders() {
        return new ClientHeaders(call.getHttpHeaders());
    }

    @Override
    public X509Certificate[] getClientCertificateChain() {
        return call.getClientCertificateChain();
    }

    @Override
    public UriInfo getUri() {
        return call.getUri();
    }

    @Override
    public boolean isProxyTrusted() {
        return call.isProxyTrusted();
    }
}
