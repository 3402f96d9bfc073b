package io.sallyport.journey;

import io.sallyport.event.MfaEventType;
import io.sallyport.event.sink.Delivery;
import io.sallyport.event.sink.MfaEventSink;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.RealmModel;

/** A sink whose JAR lacks one of its classes, which is found out when it is asked about the first event. */
public final class BrokenSink implements MfaEventSink {

    @Override
    public boolean wants(RealmModel realm, MfaEventType type, Map<String, String> details) {
        return !addressees(realm, type, details).isEmpty();
    }

    @Override
    public Set<String> addressees(RealmModel realm, MfaEventType type, Map<String, String> details) {
        return Missing.addressees();
    }

    @Override
    public Optional<Route> route(RealmModel realm) {
        return Optional.of(event -> Delivery.accepted());
    }

    /** Not in the JAR. */
    static final class Missing {

        private Missing() {}

        static Set<String> addressees() {
            return Set.of(ONLY);
        }
    }
}
