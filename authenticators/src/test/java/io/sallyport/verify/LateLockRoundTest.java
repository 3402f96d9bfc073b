package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.UserStorageProviderModel;

final class LateLockRoundTest {

    private final RealmModel realm = mock(RealmModel.class);
    private final ComponentModel directory = new ComponentModel();

    @BeforeEach
    void aDirectory() {
        when(realm.getComponent("ldap")).thenReturn(directory);
    }

    @Test
    @DisplayName("AUD-02: the untold lock of somebody whose directory is off is kept")
    void off() {
        directory.put(UserStorageProviderModel.ENABLED, false);

        assertThat(LateLockRound.isAway(realm, "f:ldap:ann")).isTrue();
    }

    @Test
    void whoIsInNoDirectoryAnyMoreIsGone() {
        directory.put(UserStorageProviderModel.ENABLED, true);

        assertThat(LateLockRound.isAway(realm, "f:ldap:ann")).isFalse();
        assertThat(LateLockRound.isAway(realm, "f:removed:ann")).isFalse();
        assertThat(LateLockRound.isAway(realm, "ann")).isFalse();
    }
}
