package io.sallyport.resource;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Tells the issuer's access tokens for this application from everything else that is signed. */
final class AccessTokens {

    private final ResourceSettings settings;
    private final Optional<ProofVerifier> proofs;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> signatures = new DefaultJWTProcessor<>();

    AccessTokens(
            ResourceSettings settings, Optional<ProofVerifier> proofs, JWKSource<SecurityContext> keys, Clock clock) {
        this.settings = settings;
        this.proofs = proofs;
        this.clock = clock;
        // RFC 8725 §3.1: the algorithms are ours to choose, the keys are the issuer's, whatever the token's header says
        signatures.setJWSKeySelector(new JWSVerificationKeySelector<>(
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()), keys));
        signatures.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt")));
        signatures.setJWTClaimsSetVerifier((claims, context) -> {}); // below, against the same clock as the rest
    }

    AccessToken verify(Presented presented, Call call) throws NotApproved {
        try {
            JWTClaimsSet claims = signatures.process(presented.token(), null);
            verifyIssuance(claims);
            verifyTime(claims);
            verifyBinding(claims, presented, call);
            return new AccessToken(
                    presented.token(),
                    text(claims, "sub"),
                    text(claims, "sid"),
                    text(claims, "azp"),
                    claims.getClaims());
        } catch (RateLimitReachedException unknownKey) {
            throw NotApproved.unauthenticated("signed with a key that the issuer did not have seconds ago");
        } catch (KeySourceException unreachable) {
            throw NotApproved.unavailable("the issuer's keys can't be had");
        } catch (ParseException | BadJOSEException | JOSEException bad) {
            throw NotApproved.unauthenticated("no token of this issuer");
        }
    }

    private void verifyIssuance(JWTClaimsSet claims) throws NotApproved, ParseException {
        require(settings.issuer().toString().equals(claims.getIssuer()), "another issuer");
        require(claims.getAudience().contains(settings.audience()), "another audience");
        require(settings.clients().isEmpty() || settings.clients().contains(text(claims, "azp")), "another client");
    }

    private void verifyTime(JWTClaimsSet claims) throws NotApproved {
        Instant now = clock.instant();
        Instant latest = now.plus(settings.leeway());
        Instant earliest = now.minus(settings.leeway());
        require(time(claims.getExpirationTime()).filter(earliest::isBefore).isPresent(), "expired");
        require(time(claims.getNotBeforeTime()).filter(latest::isBefore).isEmpty(), "not yet in force");
        require(time(claims.getIssueTime()).filter(latest::isBefore).isEmpty(), "issued in the future");
    }

    /** Keycloak says in a claim what a token is for: an ID token or a refresh token may have the same signer and audience. */
    private void verifyBinding(JWTClaimsSet claims, Presented presented, Call call) throws NotApproved, ParseException {
        boolean bound = claims.getClaim("cnf") != null || presented.bound();
        String type = text(claims, "typ");
        require(type.equals("Bearer") || (bound && type.equals("DPoP")), "no access token");
        if (bound) {
            Map<String, Object> confirmation =
                    Optional.ofNullable(claims.getJSONObjectClaim("cnf")).orElse(Map.of());
            require(
                    !confirmation.isEmpty()
                            && proofs.filter(one -> one.proves(confirmation, presented.token(), call))
                                    .isPresent(),
                    "bound to a key that the caller did not prove");
        }
    }

    private static Optional<Instant> time(Date date) {
        return Optional.ofNullable(date).map(Date::toInstant);
    }

    private static String text(JWTClaimsSet claims, String name) throws NotApproved, ParseException {
        return Optional.ofNullable(claims.getStringClaim(name))
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> NotApproved.unauthenticated("no " + name));
    }

    private static void require(boolean held, String reason) throws NotApproved {
        if (!held) {
            throw NotApproved.unauthenticated(reason);
        }
    }
}
