package io.sallyport.enroll;

import io.sallyport.factor.Enrollment;
import io.sallyport.factor.SecondFactors;
import io.sallyport.policy.Method;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/** The name that a user may give a factor: short, plain, and not the one of another of the same method. */
public final class Label {

    private static final int MAX_LENGTH = 64;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;

    /** The labels of this user's factors. */
    public Label(KeycloakSession session, RealmModel realm, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.user = user;
    }

    /** Why the label won't do, as a message key; empty if it will. */
    public Optional<String> problemWith(Method method, String label) {
        if (label.length() > MAX_LENGTH || !label.codePoints().allMatch(Label::isPlain)) {
            return Optional.of("mfaLabelInvalid");
        }
        return !label.isEmpty() && taken(method).contains(normal(label))
                ? Optional.of("mfaLabelTaken")
                : Optional.empty();
    }

    /** What the factor will be called: as the user wrote, or, like another without a name, by a number. */
    public String given(Method method, String label) {
        Set<String> taken = taken(method);
        return Stream.concat(
                        Stream.of(label),
                        IntStream.iterate(2, number -> number + 1).mapToObj(number -> (label + " #" + number).strip()))
                .filter(name -> !taken.contains(normal(name)))
                .findFirst()
                .orElseThrow();
    }

    /** As Keycloak 26.7 compares labels: in its own store within a type, in the store of federated users over all. */
    private Set<String> taken(Method method) {
        Stream<String> labels = StorageId.isLocalStorage(user.getId())
                ? new SecondFactors(session)
                        .of(method).stream()
                                .flatMap(factor -> factor.enrollments(realm, user).stream())
                                .map(Enrollment::label)
                : user.credentialManager()
                        .getStoredCredentialsStream()
                        .map(stored ->
                                Optional.ofNullable(stored.getUserLabel()).orElse(""));
        return labels.map(Label::normal).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Not plain: what starts a line, drives a terminal, turns the reading direction, can't be seen, or is half a character.
     * Joiners are plain: scripts and pictures are written with them.
     */
    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
            default -> true;
        };
    }

    private static String normal(String label) {
        return label.strip()
                .chars()
                .map(letter -> Character.toLowerCase(Character.toUpperCase(letter))) // as String.equalsIgnoreCase
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
