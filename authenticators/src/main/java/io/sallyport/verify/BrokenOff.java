package io.sallyport.verify;

import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import io.sallyport.policy.PolicyDecision;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.AccessToken;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A sign-in without a browser that lacks a second factor: what its client is told, and how it may go on. */
public final class BrokenOff {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Visit visit;
    private final boolean password;
    private final TokenGround ground;

    private BrokenOff(KeycloakSession session, RealmModel realm, Visit visit, boolean password, TokenGround ground) {
        this.session = session;
        this.realm = realm;
        this.visit = visit;
        this.password = password;
        this.ground = ground;
    }

    /** Before there is a session. */
    public static BrokenOff at(KeycloakSession session, AuthenticationSessionModel signIn, UserModel user) {
        return new BrokenOff(
                session,
                signIn.getRealm(),
                Visit.of(session, signIn, user),
                FirstFactor.isPassword(signIn),
                TokenGround.of(session, signIn.getClient(), signIn.getClientNote(OIDCLoginProtocol.SCOPE_PARAM)));
    }

    /** In a session that gets no token. */
    public static BrokenOff in(KeycloakSession session, AuthenticatedClientSessionModel clientSession) {
        return new BrokenOff(
                session,
                clientSession.getRealm(),
                Visit.of(clientSession.getUserSession(), clientSession.getClient(), false),
                FirstFactor.isPassword(clientSession.getUserSession()),
                TokenGround.of(
                        session, clientSession.getClient(), clientSession.getNote(OIDCLoginProtocol.SCOPE_PARAM)));
    }

    /** In a session that is signed in, and whose application calls by this token. */
    public static BrokenOff during(
            KeycloakSession session, UserSessionModel userSession, ClientModel client, AccessToken token) {
        return new BrokenOff(
                session,
                userSession.getRealm(),
                Visit.of(userSession, client, false),
                FirstFactor.isPassword(userSession),
                TokenGround.of(session, userSession, client, token));
    }

    /**
     * What the refusal says beside its reason; empty where there is no way on: no password was given, or the policy lets
     * nobody in.
     */
    public Map<String, Object> wayOn() {
        Assessments assessments = new Assessments(session, realm);
        Assessment assessment = assessments.of(visit);
        boolean recovering = assessments.isRecovering(visit, assessment);
        Optional<TokenPurpose> purpose = recovering ? Optional.of(TokenPurpose.ENROLL) : purpose(assessment);
        if (!password || visit.binding().isEmpty() || purpose.isEmpty()) {
            return Map.of();
        }
        MfaTokens.Issued token = new MfaTokens(session).issue(realm, visit, ground, purpose.get());
        Set<Method> methods = purpose.get() == TokenPurpose.ENROLL ? enrollable(assessment) : provable(assessment);
        return view(token, purpose.get(), methods);
    }

    /** What somebody is told who proved something that opens no door but the one to a new factor. */
    public Map<String, Object> toEnroll() {
        Assessment assessment = new Assessments(session, realm).of(visit);
        MfaTokens.Issued token = new MfaTokens(session).issue(realm, visit, ground, TokenPurpose.ENROLL);
        return view(token, TokenPurpose.ENROLL, enrollable(assessment));
    }

    private static Map<String, Object> view(MfaTokens.Issued token, TokenPurpose purpose, Set<Method> methods) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("mfa_token", token.text());
        view.put("expires_in", token.life().toSeconds());
        view.put("methods", methods.stream().map(Method::name).sorted().toList());
        view.put("enrollment_required", purpose == TokenPurpose.ENROLL);
        return view;
    }

    private static Optional<TokenPurpose> purpose(Assessment assessment) {
        return assessment
                .decision()
                .match(
                        skip -> Optional.of(TokenPurpose.PROVE),
                        challenge -> Optional.of(TokenPurpose.PROVE),
                        enroll -> Optional.of(TokenPurpose.ENROLL),
                        deny -> Optional.empty());
    }

    private Set<Method> provable(Assessment assessment) {
        return assessment.decision() instanceof PolicyDecision.Challenge challenge
                ? new Assessments(session, realm).ways(visit.user(), challenge.usable())
                : new SecondFactors(session).enrolled(realm, visit.user());
    }

    private Set<Method> enrollable(Assessment assessment) {
        Set<Method> methods = EnumSet.noneOf(Method.class);
        methods.addAll(new SecondFactors(session).available(realm));
        methods.removeIf(method -> !method.enrollable()
                || assessment
                        .demanded()
                        .requirement()
                        .filter(wanted -> !wanted.accepts(method))
                        .isPresent());
        return methods;
    }
}
