package io.sallyport.audit.sink;

import io.sallyport.event.Detail;
import io.sallyport.event.sink.CloudEvent;
import io.sallyport.provider.EventsSetting;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who gets the mail about an event: the officers as they are now, and those whom the event took off the list. */
final class Recipients {

    private Recipients() {}

    static Set<String> of(Set<String> officers, CloudEvent event) {
        return event.data().get("details") instanceof Map<?, ?> details ? of(officers, details) : officers;
    }

    /** Whoever takes officers off the list can't do it behind their backs. */
    static Set<String> of(Set<String> officers, Map<?, ?> details) {
        Set<String> all = new TreeSet<>(officers);
        all.addAll(before(details));
        return all;
    }

    /** Those who stood on the list before it was changed. */
    private static Set<String> before(Map<?, ?> details) {
        return Optional.ofNullable(details.get(Detail.BEFORE))
                .filter(before -> EventsSetting.OFFICERS.name().equals(details.get(Detail.SETTING)))
                .map(before -> String.valueOf(before).split(",", -1))
                .stream()
                .flatMap(Arrays::stream)
                .map(String::strip)
                .filter(address -> address.contains("@"))
                .collect(Collectors.toUnmodifiableSet());
    }
}
