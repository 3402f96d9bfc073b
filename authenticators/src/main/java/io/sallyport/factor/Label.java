package io.sallyport.factor;

import io.sallyport.policy.Method;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/** The name that a user may give a factor: short, plain, and not the one of another of the same method. */
public final class Label {

    /** It is too long, or more or less than what people read. */
    public static final String INVALID = "mfaLabelInvalid";
    /** Another factor of the user has it. */
    public static final String TAKEN = "mfaLabelTaken";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    /** The labels of this user's factors. */
    public Label(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** Why a new factor can't have this label, as a message key; empty if it can. A blank one is none. */
    public Optional<String> problemWith(Method method, String label) {
        return problem(label.isBlank() ? "" : label, () -> taken(method, ""));
    }

    /** Why a stored factor can't be called so from now on, as a message key; empty if it can. */
    public Optional<String> problemWith(Method method, String id, String label) {
        return problem(label, () -> taken(method, id));
    }

    private static Optional<String> problem(String label, Supplier<Set<String>> taken) {
        if (!LabelText.isFine(label)) {
            return Optional.of(INVALID);
        }
        return !label.isEmpty() && taken.get().contains(normal(label)) ? Optional.of(TAKEN) : Optional.empty();
    }

    /** What the factor will be called: as the user wrote, or, like another without a name, by a number. */
    public String given(Method method, String label) {
        Set<String> taken = taken(method, "");
        return Stream.concat(
                        Stream.of(label),
                        IntStream.iterate(2, number -> number + 1).mapToObj(number -> (label + " #" + number).strip()))
                .filter(name -> !taken.contains(normal(name)))
                .findFirst()
                .orElseThrow();
    }

    /** As Keycloak 26.7 compares labels: in its own store within a type, in the store of federated users over all. */
    private Set<String> taken(Method method, String but) {
        Stream<String> labels = StorageId.isLocalStorage(user.getId())
                ? new SecondFactors(session)
                        .of(method).stream()
                                .flatMap(factor -> factor.enrollments(realm, user).stream())
                                .filter(factor -> !factor.id().equals(but))
                                .map(Enrollment::label)
                : user.credentialManager()
                        .getStoredCredentialsStream()
                        .filter(stored -> !stored.getId().equals(but))
                        .map(stored ->
                                Optional.ofNullable(stored.getUserLabel()).orElse(""));
        return labels.map(Label::normal).collect(Collectors.toUnmodifiableSet());
    }

    private static String normal(String label) {
        return label.strip()
                .chars()
                .map(letter -> Character.toLowerCase(Character.toUpperCase(letter))) // as String.equalsIgnoreCase
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
