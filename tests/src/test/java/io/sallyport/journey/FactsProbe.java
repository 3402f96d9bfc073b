package io.sallyport.journey;

import io.sallyport.policy.SignInFacts;
import io.sallyport.policy.address.StrictAddresses;
import io.sallyport.population.Page;
import io.sallyport.population.Person;
import io.sallyport.population.Population;
import io.sallyport.provider.KeycloakClock;
import io.sallyport.provider.StatelessFactory;
import io.sallyport.verify.Circumstances;
import io.sallyport.verify.Facts;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * Runs inside a test server, in a JAR of its own beside ours, and tells what a sign-in and what the population say about
 * each user of a realm: {@code GET /realms/<realm>/facts-probe/facts}.
 */
public final class FactsProbe implements RealmResourceProviderFactory, StatelessFactory<RealmResourceProvider> {

    @Override
    public RealmResourceProvider create(KeycloakSession session) {
        return new RealmResourceProvider() {
            @Override
            public Object getResource() {
                return new Both(session);
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public String getId() {
        return "facts-probe";
    }

    /** What both say, user by user. */
    public static final class Both {

        private final KeycloakSession session;

        Both(KeycloakSession session) {
            this.session = session;
        }

        /** By username. */
        @GET
        @Path("facts")
        @Produces(MediaType.APPLICATION_JSON)
        public Map<String, Object> compare() {
            RealmModel realm = session.getContext().getRealm();
            Circumstances circumstances = new Circumstances(
                    "account",
                    StrictAddresses.address("192.0.2.1"),
                    Optional.of("somewhere"),
                    Optional.empty(),
                    KeycloakClock.now());
            Map<String, Object> answer = new TreeMap<>();
            session.users()
                    .searchForUserStream(realm, Map.of())
                    .filter(user -> user.isEnabled() && user.getServiceAccountClientLink() == null)
                    .forEach(user -> {
                        SignInFacts signIn = Facts.of(session, realm, user, circumstances);
                        answer.put(user.getUsername(), told(signIn, population(realm, user.getId(), circumstances)));
                    });
            return answer;
        }

        private Optional<SignInFacts> population(RealmModel realm, String user, Circumstances circumstances) {
            Population population = new Population(session, realm, circumstances, Optional.empty());
            for (Optional<Page> page = population.first();
                    page.isPresent();
                    page = population.after(page.get().last())) {
                Optional<SignInFacts> found = page.get().people().stream()
                        .map(Person::facts)
                        .filter(facts -> facts.userId().equals(user))
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }

        private static Map<String, Object> told(SignInFacts signIn, Optional<SignInFacts> population) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("same", population.filter(signIn::equals).isPresent());
            told.put("tenants", signIn.tenants().size());
            told.put("groups", signIn.groups().size());
            told.put("roles", List.copyOf(signIn.roles()));
            told.put("enrolled", signIn.enrolled().size());
            told.put("sign_in", signIn.toString());
            told.put("population", population.toString());
            return told;
        }
    }
}
