package io.sallyport.factor.sms;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.Request;
import com.twilio.http.Response;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/**
 * Twilio's own HTTP client, but each request goes out once: by itself the SDK (13.0) sends a POST up to six times when the
 * answer is 503, and every one may be a message.
 */
final class TwilioHttp extends NetworkHttpClient {

    private static final Timeout CONNECT = Timeout.ofSeconds(2);
    private static final Timeout ANSWER = Timeout.ofSeconds(4);

    private static final int FIRST_ERROR = 400;
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*([0-9]{1,9})\\b");

    private final Optional<URI> base;

    /** A client that calls the given address in place of Twilio's, if there is one. */
    TwilioHttp(Optional<URI> base) {
        super(once());
        this.base = base;
    }

    @Override
    public Response reliableRequest(Request request) {
        return makeRequest(request);
    }

    @Override
    public Response reliableRequest(Request request, int[] retryCodes, int retries, long delayMillis) {
        return makeRequest(request);
    }

    @Override
    public Response makeRequest(Request request) {
        Response answer = super.makeRequest(
                base.map(address -> redirected(request, address)).orElse(request));
        return answer.getStatusCode() < FIRST_ERROR ? answer : numbers(answer);
    }

    /** An error by its numbers: of a body that is not JSON, as a proxy's, the SDK keeps not even the status. */
    private static Response numbers(Response error) {
        Matcher code = CODE.matcher(Optional.ofNullable(error.getContent()).orElse(""));
        String told = code.find() ? ",\"code\":" + code.group(1) : "";
        return new Response("{\"status\":" + error.getStatusCode() + told + "}", error.getStatusCode());
    }

    private static Request redirected(Request request, URI base) {
        Request other =
                new Request(request.getMethod(), request.getUrl().replaceFirst("^https?://[^/]+", base.toString()));
        other.setAuth(request.getUsername(), request.getPassword());
        other.setContentType(request.getContentType());
        other.setUserAgentExtensions(request.getUserAgentExtensions());
        request.getHeaderParams().forEach((name, values) -> values.forEach(value -> other.addHeaderParam(name, value)));
        request.getQueryParams().forEach((name, values) -> values.forEach(value -> other.addQueryParam(name, value)));
        request.getPostParams().forEach((name, values) -> values.forEach(value -> other.addPostParam(name, value)));
        return other;
    }

    private static HttpClientBuilder once() {
        return HttpClientBuilder.create()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(CONNECT)
                        .setResponseTimeout(ANSWER)
                        .build())
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT)
                                .setSocketTimeout(ANSWER)
                                .build())
                        .build());
    }
}
