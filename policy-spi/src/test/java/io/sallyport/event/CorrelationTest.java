package io.sallyport.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;

final class CorrelationTest {

    private static final String GENERATED = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeycloakContext context = mock(KeycloakContext.class);
    private final HttpRequest request = mock(HttpRequest.class);
    private final HttpHeaders headers = mock(HttpHeaders.class);
    private final Map<String, Object> attributes = new HashMap<>();

    @BeforeEach
    void aRequest() {
        when(session.getContext()).thenReturn(context);
        when(context.getHttpRequest()).thenReturn(request);
        when(request.getHttpHeaders()).thenReturn(headers);
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(session)
                .setAttribute(anyString(), any());
        when(session.getAttribute(anyString(), eq(String.class)))
                .thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "4bf92f3577b34da6a3ce929d0e0e4736", "Az09._~-", "....", "-"})
    void aPlainTokenIsTakenOver(String token) {
        given("X-Correlation-Id", token);

        assertThat(Correlation.idOf(session)).isEqualTo(token);
    }

    @Test
    void aTokenHasAtMost64Characters() {
        given("X-Correlation-Id", "x".repeat(64));
        assertThat(Correlation.idOf(session)).isEqualTo("x".repeat(64));

        attributes.clear();
        given("X-Correlation-Id", "x".repeat(65));
        assertThat(Correlation.idOf(session)).matches(GENERATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\r\nb",
                "a\n",
                "a\0",
                "a;b",
                "a/b",
                "${jndi:x}",
                "<b>",
                "a,b",
                "ä",
                "\u0661",
                "a\u2028b",
                "a%0ab"
            })
    void anythingElseIsReplaced(String header) {
        given("X-Correlation-Id", header);

        assertThat(Correlation.idOf(session)).matches(GENERATED);
    }

    @Test
    void withoutTheHeaderAnIdIsGenerated() {
        assertThat(Correlation.idOf(session)).matches(GENERATED);
    }

    @Test
    void oneRequestHasOneId() {
        String first = Correlation.idOf(session);

        assertThat(Correlation.idOf(session)).isEqualTo(first);
    }

    @Test
    void requestsHaveDifferentIds() {
        String first = Correlation.idOf(session);
        attributes.clear();

        assertThat(Correlation.idOf(session)).isNotEqualTo(first);
    }

    @Test
    void outsideOfARequestAnIdIsGeneratedAndThereIsNoUserAgent() {
        when(request.getHttpHeaders()).thenThrow(new ContextNotActiveException());

        assertThat(Correlation.idOf(session)).matches(GENERATED);
        assertThat(Correlation.userAgent(session)).isEmpty();
    }

    @Test
    void theUserAgentCannotStartANewLineAndIsCut() {
        given("User-Agent", "a\r\nb\u001b[2J\u2028c\u2029d\u007f" + "x".repeat(300));

        assertThat(Correlation.userAgent(session).orElseThrow())
                .startsWith("a  b [2J c d xx")
                .hasSize(200);
    }

    private void given(String name, String value) {
        when(headers.getHeaderString(name)).thenReturn(value);
    }
}
