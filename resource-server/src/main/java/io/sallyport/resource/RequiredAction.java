package io.sallyport.resource;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds {@link RequiresMfa} where people write it: on the method, on one that it overrides or implements, on the class or on
 * what that extends or implements. What stands nearer wins.
 */
public final class RequiredAction {

    private RequiredAction() {}

    /** The action that this method of this class needs an approval of. */
    public static Optional<String> of(Class<?> type, Method method) {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(type, types);
        collect(method.getDeclaringClass(), types);
        Stream<RequiresMfa> onMethods = types.stream()
                .flatMap(one -> Arrays.stream(one.getDeclaredMethods()))
                .filter(one -> isSameOrOverridden(one, method))
                .flatMap(one -> Optional.ofNullable(one.getAnnotation(RequiresMfa.class)).stream());
        Stream<RequiresMfa> onTypes = types.stream()
                .flatMap(one -> Optional.ofNullable(one.getDeclaredAnnotation(RequiresMfa.class)).stream());
        return Stream.concat(onMethods, onTypes).map(RequiresMfa::action).findFirst();
    }

    private static void collect(Class<?> type, Set<Class<?>> types) {
        types.add(type);
        Optional.ofNullable(type.getSuperclass()).ifPresent(parent -> collect(parent, types));
        for (Class<?> contract : type.getInterfaces()) {
            collect(contract, types);
        }
    }

    /** A generic method may be overridden with narrower parameters: too many matches protect too much, too few too little. */
    private static boolean isSameOrOverridden(Method candidate, Method method) {
        if (!candidate.getName().equals(method.getName())
                || candidate.getParameterCount() != method.getParameterCount()) {
            return false;
        }
        Class<?>[] wide = candidate.getParameterTypes();
        Class<?>[] narrow = method.getParameterTypes();
        for (int i = 0; i < wide.length; i++) {
            if (!wide[i].isAssignableFrom(narrow[i])) {
                return false;
            }
        }
        return true;
    }
}
