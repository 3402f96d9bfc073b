package io.sallyport.factor.sms;

import com.twilio.http.TwilioRestClient;
import com.twilio.security.RequestValidator;
import io.sallyport.provider.StatelessFactory;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;

/** Messages by Twilio, configured by {@code --spi-mfa-sms--twilio--…}; a server with half a configuration does not start. */
public final class TwilioSenderFactory implements SmsSenderFactory, StatelessFactory<SmsSender> {

    private static final int ABOVE_LOG = 100;

    /** What Twilio's SDK and its HTTP client log in detail: the code, the number and the credentials. */
    private static final Logger[] INDISCREET = {
        Logger.getLogger(parent(parent(TwilioRestClient.class.getPackageName()) + ".")),
        Logger.getLogger(parent(HttpClient.class.getPackageName())),
        Logger.getLogger(parent(HttpRequest.class.getPackageName()))
    };

    private Optional<TwilioSettings> settings = Optional.empty();
    private @Nullable TwilioRestClient client;

    @Override
    public void init(Config.Scope config) {
        settings = TwilioSettings.from(config);
        client = settings.map(TwilioSenderFactory::client).orElse(null);
        for (Logger logger : INDISCREET) {
            logger.setLevel(Level.WARNING);
        }
    }

    @Override
    public boolean isConfigured() {
        return settings.isPresent();
    }

    @Override
    public SmsSender create(KeycloakSession session) {
        TwilioSettings known = settings.orElseThrow(() -> new IllegalStateException("Twilio is not configured"));
        if (client == null) {
            throw new IllegalStateException("Twilio has no client");
        }
        return new TwilioSender(
                client,
                known,
                known.callbackUrl()
                        .map(base ->
                                callback(base, session.getContext().getRealm().getName())));
    }

    @Override
    public boolean isGenuine(String realm, Map<String, String> form, String signature) {
        Optional<URI> address = settings.flatMap(TwilioSettings::callbackUrl).map(base -> callback(base, realm));
        Optional<String> token = settings.flatMap(TwilioSettings::signingToken);
        // by our own configured address: the request's could be anything
        return address.isPresent()
                && token.isPresent()
                && new RequestValidator(token.get()).validate(address.get().toString(), form, signature);
    }

    @Override
    public Optional<StatusReport> report(Map<String, String> form) {
        return TwilioReport.of(form);
    }

    private static TwilioRestClient client(TwilioSettings settings) {
        TwilioRestClient.Builder builder = new TwilioRestClient.Builder(settings.user(), settings.secret())
                .accountSid(settings.accountSid())
                .httpClient(new TwilioHttp(settings.baseUrl()));
        settings.region().ifPresent(builder::region);
        settings.edge().ifPresent(builder::edge);
        return builder.build();
    }

    private static URI callback(URI base, String realm) {
        return URI.create(base + "/realms/"
                + URLEncoder.encode(realm, StandardCharsets.UTF_8).replace("+", "%20") + "/mfa-sms-status");
    }

    private static String parent(String name) {
        return name.substring(0, name.lastIndexOf('.'));
    }

    @Override
    public int order() {
        return ABOVE_LOG;
    }

    @Override
    public String getId() {
        return "twilio";
    }
}
