package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.any;
import static org.mockito.Mockito.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.cookie.CookieType;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** Evidence belongs to one user in one session, whatever tabs and restarts share the id. */
final class SessionBindingTest {

    private static final String NOTE = "sallyport.nonce";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final UserSessionProvider sessions = mock(UserSessionProvider.class);
    private final CookieProvider cookies = mock(CookieProvider.class);
    private final AuthenticationSessionModel signIn = mock(AuthenticationSessionModel.class);
    private final UserSessionModel existing = mock(UserSessionModel.class);
    private final UserModel user = user("ada");
    private final Map<String, String> notes = new HashMap<>();

    @BeforeEach
    void signIn() {
        RootAuthenticationSessionModel root = mock(RootAuthenticationSessionModel.class);
        when(root.getId()).thenReturn("root");
        when(signIn.getParentSession()).thenReturn(root);
        when(signIn.getUserSessionNotes()).thenReturn(notes);
        when(session.sessions()).thenReturn(sessions);
        when(session.getProvider(CookieProvider.class)).thenReturn(cookies);
        when(existing.getId()).thenReturn("root");
        when(existing.getUser()).thenReturn(user);
    }

    @Test
    void aNewSignInGetsANonceOf256Bits() {
        SessionBinding binding = SessionBinding.of(session, signIn, user);

        assertThat(binding.rootSessionId()).isEqualTo("root");
        assertThat(Base64.getUrlDecoder().decode(binding.nonce())).hasSize(32);
        assertThat(binding.nonce())
                .isNotEqualTo(SessionBinding.of(session, signIn, user).nonce());
        verify(signIn).setUserSessionNote(NOTE, binding.nonce());
    }

    @Test
    void aSignInKeepsItsNonce() {
        notes.put(NOTE, "known");

        assertThat(SessionBinding.of(session, signIn, user)).isEqualTo(new SessionBinding("root", "known"));
        verify(signIn).setUserSessionNote(NOTE, "known");
    }

    @Test
    void whoIsSignedInAlreadyKeepsTheNonceOfHisSession() {
        signedIn();
        notes.put(NOTE, "of the page");

        assertThat(SessionBinding.of(session, signIn, user).nonce()).isEqualTo("of the session");
    }

    @Test
    void whoTakesTheCookieOfHisSessionAwayStillGoesOnWithIt() {
        signedIn();
        when(cookies.get(CookieType.IDENTITY)).thenReturn(null);

        assertThat(SessionBinding.of(session, signIn, user).nonce()).isEqualTo("of the session");
        verify(signIn, never()).setUserSessionNote(eq("sallyport.signed-in"), any());
    }

    @Test
    void whoTypesHisPasswordAndShowsNoCookieProvesAllAnew() {
        signedIn();
        when(signIn.getAuthNote(AuthenticationProcessor.AUTHN_CREDENTIALS)).thenReturn("[\"password\"]");
        when(cookies.get(CookieType.IDENTITY)).thenReturn(null);

        assertThat(SessionBinding.of(session, signIn, user).nonce()).isNotEqualTo("of the session");
        verify(sessions, never()).getUserSession(any(), any());
    }

    @Test
    void aSessionOfSomebodyElseIsNotHis() {
        signedIn();
        notes.put(NOTE, "of the page");

        assertThat(SessionBinding.of(session, signIn, user("eve")).nonce()).isEqualTo("of the page");
    }

    @Test
    void aSessionWhoseUserIsGoneIsNobodys() {
        signedIn();
        when(existing.getUser()).thenReturn(null);

        assertThat(SessionBinding.of(session, signIn, user).nonce()).isNotEqualTo("of the session");
    }

    @Test
    void aSessionThatNobodyAskedForASecondFactorHasNoBinding() {
        assertThat(SessionBinding.of(existing)).isEmpty();
    }

    @Test
    void anImpersonatedSessionHasNone() {
        signedIn();
        assertThat(SessionBinding.of(existing)).contains(new SessionBinding("root", "of the session"));
        when(existing.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()))
                .thenReturn("administrator");

        assertThat(SessionBinding.of(existing)).isEmpty();
    }

    @Test
    void theNonceIsNotPrinted() {
        assertThat(new SessionBinding("root", "nonce")).hasToString("SessionBinding[root]");
    }

    private void signedIn() {
        when(existing.getNote(NOTE)).thenReturn("of the session");
        when(existing.getNote("sallyport.signed-in")).thenReturn("1");
        when(cookies.get(CookieType.IDENTITY)).thenReturn("a cookie");
        when(sessions.getUserSession(any(RealmModel.class), any())).thenReturn(existing);
        when(signIn.getRealm()).thenReturn(mock(RealmModel.class));
    }

    private static UserModel user(String id) {
        UserModel user = mock(UserModel.class);
        when(user.getId()).thenReturn(id);
        return user;
    }
}
