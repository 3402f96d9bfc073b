package io.sallyport.example.payments;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** The way to the identity provider and back: code flow with PKCE, the request pushed where that is offered. */
final class SignIns {

    private static final ClientID CLIENT = new ClientID(Erp.CLIENT);

    private final Issuer issuer;
    private final URI callback;

    SignIns(URI issuer, URI address) {
        this.issuer = new Issuer(issuer);
        this.callback = address.resolve("/callback");
    }

    /** Where to send the browser: to sign in, or to approve exactly this run. */
    URI begin(Departure departure, Optional<PaymentRun> run) throws IOException, GeneralException {
        OIDCProviderMetadata provider = OIDCProviderMetadata.resolve(issuer);
        AuthenticationRequest.Builder request = new AuthenticationRequest.Builder(
                        ResponseType.CODE, new Scope("openid", "profile"), CLIENT, callback)
                .state(departure.state())
                .nonce(departure.nonce())
                .codeChallenge(departure.verifier(), CodeChallengeMethod.S256);
        run.ifPresent(payment ->
                request.customParameter("mfa_action", Erp.ACTION).customParameter("mfa_details", encoded(payment)));
        AuthenticationRequest complete =
                request.endpointURI(provider.getAuthorizationEndpointURI()).build();
        return provider.getPushedAuthorizationRequestEndpointURI() == null
                ? complete.toURI()
                : pushed(provider, complete).toURI();
    }

    /** Who came back, with which token; throws for anybody who is not who left. */
    Member finish(Departure departure, String query) throws IOException, GeneralException {
        OIDCProviderMetadata provider = OIDCProviderMetadata.resolve(issuer);
        AuthenticationResponse answer = AuthenticationResponseParser.parse(URI.create(callback + "?" + query));
        if (!departure.state().equals(answer.getState())) {
            throw new GeneralException("another state");
        }
        if (!answer.indicatesSuccess()) {
            throw new GeneralException(answer.toErrorResponse().getErrorObject());
        }
        AuthorizationCode code = answer.toSuccessResponse().getAuthorizationCode();
        TokenRequest request = new TokenRequest.Builder(
                        provider.getTokenEndpointURI(),
                        CLIENT,
                        new AuthorizationCodeGrant(code, callback, departure.verifier()))
                .build();
        var reply = OIDCTokenResponseParser.parse(request.toHTTPRequest().send());
        if (!reply.indicatesSuccess()) {
            throw new GeneralException(reply.toErrorResponse().getErrorObject());
        }
        OIDCTokens tokens = ((OIDCTokenResponse) reply.toSuccessResponse()).getOIDCTokens();
        IDTokenClaimsSet who = validated(provider, tokens, departure);
        return new Member(
                who.getSubject().getValue(),
                Optional.ofNullable(who.getStringClaim("name")).orElse("somebody"),
                tokens.getAccessToken().getValue());
    }

    private IDTokenClaimsSet validated(OIDCProviderMetadata provider, OIDCTokens tokens, Departure departure)
            throws GeneralException, IOException {
        try {
            return new IDTokenValidator(
                            issuer,
                            CLIENT,
                            JWSAlgorithm.RS256,
                            provider.getJWKSetURI().toURL())
                    .validate(tokens.getIDToken(), departure.nonce());
        } catch (BadJOSEException | JOSEException bad) {
            throw new GeneralException("no valid ID token", bad);
        }
    }

    private static AuthenticationRequest pushed(OIDCProviderMetadata provider, AuthenticationRequest complete)
            throws IOException, GeneralException {
        PushedAuthorizationResponse answer = PushedAuthorizationResponse.parse(
                new PushedAuthorizationRequest(provider.getPushedAuthorizationRequestEndpointURI(), complete)
                        .toHTTPRequest()
                        .send());
        if (!answer.indicatesSuccess()) {
            throw new GeneralException(answer.toErrorResponse().getErrorObject());
        }
        return new AuthenticationRequest.Builder(answer.toSuccessResponse().getRequestURI(), CLIENT)
                .endpointURI(provider.getAuthorizationEndpointURI())
                .build();
    }

    private static String encoded(PaymentRun run) {
        return Base64URL.encode(JSONObjectUtils.toJSONString(run.details())).toString();
    }
}
