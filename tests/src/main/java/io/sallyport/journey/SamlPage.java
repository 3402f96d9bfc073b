package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** The page that posts a SAML response to the service provider by itself. */
public record SamlPage(Html html) implements Page {

    /** The response as XML. */
    public String response() {
        return new String(
                Base64.getMimeDecoder().decode(html.values("SAMLResponse").get(0)), UTF_8);
    }

    @Override
    public String describe() {
        return "a SAML response";
    }
}
