package io.sallyport.provider;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.keycloak.models.RealmModel;
import org.keycloak.models.cache.CachedRealmModel;

/**
 * Keeps a value beside the cached realm (Keycloak 26.7, {@link CachedRealmModel#getCachedWith}): it is dropped on every
 * node when the realm is invalidated. The transaction that changes the value must not read it from here again.
 */
public final class RealmCache {

    private RealmCache() {}

    /** The cached value, or the one that the loader makes. */
    public static <T> T get(RealmModel realm, String key, Class<T> type, Supplier<T> loader) {
        return get(realm, key, type, value -> true, loader);
    }

    /** The cached value if it will still do, or else the one that the loader makes. */
    public static <T> T get(RealmModel realm, String key, Class<T> type, Predicate<T> willDo, Supplier<T> loader) {
        if (!(realm instanceof CachedRealmModel cached)) {
            return loader.get();
        }
        @SuppressWarnings("unchecked") // Keycloak declares a raw map for things of any kind
        Map<Object, Object> beside = (ConcurrentHashMap<Object, Object>) cached.getCachedWith();
        Object known = beside.get(key);
        if (known != null && willDo.test(type.cast(known))) {
            return type.cast(known);
        }
        T loaded = loader.get();
        beside.put(key, loaded);
        return loaded;
    }

    /** Drops what is kept beside the realm, on every node, once the current transaction is committed. */
    public static void invalidate(RealmModel realm) {
        if (realm instanceof CachedRealmModel cached) {
            cached.invalidate();
        }
    }
}
