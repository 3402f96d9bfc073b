package io.sallyport.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** A SAML service provider that signs nothing. */
final class Saml {

    static final String ENTITY = "saml-sp";
    private static final String CONSUMER = "http://localhost:1/saml";

    private Saml() {}

    static void addTo(MfaRealm realm) {
        realm.addClient(
                ENTITY,
                Map.of(
                        "protocol",
                        "saml",
                        "redirectUris",
                        List.of(CONSUMER),
                        "attributes",
                        Map.of(
                                "saml.client.signature",
                                "false",
                                "saml.force.post.binding",
                                "true",
                                "saml_idp_initiated_sso_url_name",
                                ENTITY,
                                "saml_assertion_consumer_url_post",
                                CONSUMER)));
    }

    /** An AuthnRequest by the redirect binding. */
    static URI request(MfaRealm realm) {
        return request(realm, "");
    }

    /** The same, with a context that it wants in this comparison (SAML 2.0 core §3.3.2.2.1). */
    static URI request(MfaRealm realm, String comparison, String context) {
        return request(
                realm,
                "<samlp:RequestedAuthnContext Comparison=\"" + comparison + "\"><saml:AuthnContextClassRef"
                        + " xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">" + context
                        + "</saml:AuthnContextClassRef></samlp:RequestedAuthnContext>");
    }

    private static URI request(MfaRealm realm, String more) {
        String xml = "<samlp:AuthnRequest xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\" ID=\"_"
                + UUID.randomUUID() + "\" Version=\"2.0\" IssueInstant=\"" + Instant.now() + "\" Destination=\""
                + realm.address() + "/protocol/saml\" AssertionConsumerServiceURL=\"" + CONSUMER + "\">"
                + "<saml:Issuer xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\">" + ENTITY + "</saml:Issuer>"
                + more + "</samlp:AuthnRequest>";
        return URI.create(realm.address() + "/protocol/saml?" + Form.encode(Map.of("SAMLRequest", deflated(xml))));
    }

    /** A sign-in that the identity provider begins. */
    static URI unsolicited(MfaRealm realm) {
        return URI.create(realm.address() + "/protocol/saml/clients/" + ENTITY);
    }

    private static String deflated(String xml) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater =
                new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            deflater.write(xml.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
