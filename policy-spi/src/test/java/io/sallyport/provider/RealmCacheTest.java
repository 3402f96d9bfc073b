package io.sallyport.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.keycloak.models.RealmModel;
import org.keycloak.models.cache.CachedRealmModel;

final class RealmCacheTest {

    private final CachedRealmModel cached = mock(CachedRealmModel.class);
    private final RealmModel plain = mock(RealmModel.class);
    private final AtomicInteger loads = new AtomicInteger();
    private final Supplier<Integer> loader = loads::incrementAndGet;

    @Test
    void besideACachedRealmAValueIsLoadedOnce() {
        when(cached.getCachedWith()).thenReturn(new ConcurrentHashMap<>());

        assertThat(RealmCache.get(cached, "key", Integer.class, loader)).isEqualTo(1);
        assertThat(RealmCache.get(cached, "key", Integer.class, loader)).isEqualTo(1);
    }

    @Test
    void otherKeysHaveOtherValues() {
        when(cached.getCachedWith()).thenReturn(new ConcurrentHashMap<>());

        assertThat(RealmCache.get(cached, "key", Integer.class, loader)).isEqualTo(1);
        assertThat(RealmCache.get(cached, "other key", Integer.class, loader)).isEqualTo(2);
    }

    @Test
    void aRealmThatIsNotCachedIsAskedEveryTime() {
        assertThat(RealmCache.get(plain, "key", Integer.class, loader)).isEqualTo(1);
        assertThat(RealmCache.get(plain, "key", Integer.class, loader)).isEqualTo(2);
    }

    @Test
    void invalidatingDropsTheCachedRealmAndWhatIsBesideIt() {
        RealmCache.invalidate(cached);
        RealmCache.invalidate(plain);

        verify(cached).invalidate();
        verifyNoInteractions(plain);
    }
}
