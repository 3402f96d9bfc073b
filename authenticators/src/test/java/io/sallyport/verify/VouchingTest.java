package io.sallyport.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.provider.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VouchingTest {

    private static final ProviderToken MFA = new ProviderToken(Set.of("pwd", "mfa"), Optional.empty());
    private static final ProviderToken GOLD = new ProviderToken(Set.of("pwd"), Optional.of("gold"));

    @Test
    void byDefaultNobodyIsTrusted() {
        assertThat(trusted(Map.of(), true, MFA)).isFalse();
    }

    @Test
    void aTrustedProviderIsTrustedWhereItSaysMfa() {
        Map<String, String> settings = Map.of("mfa.sso.trusted-providers", "other,corp");

        assertThat(trusted(settings, true, MFA)).isTrue();
        assertThat(trusted(settings, true, GOLD)).isFalse();
        assertThat(trusted(settings, true, ProviderToken.SILENT)).isFalse();
        assertThat(trusted(Map.of("mfa.sso.trusted-providers", "other"), true, MFA))
                .isFalse();
    }

    @Test
    void neverForALinkOfThisVerySignIn() {
        assertThat(trusted(Map.of("mfa.sso.trusted-providers", "corp"), false, MFA))
                .isFalse();
        assertThat(trusted(Map.of("mfa.sso.trusted-providers", "corp", "mfa.sso.amr", ""), false, MFA))
                .isFalse();
    }

    @Test
    void aLevelStandsForAMethodOnlyIfItIsListed() {
        assertThat(trusted(Map.of("mfa.sso.trusted-providers", "corp", "mfa.sso.acr", "gold"), true, GOLD))
                .isTrue();
        assertThat(trusted(Map.of("mfa.sso.trusted-providers", "corp", "mfa.sso.acr", "silver"), true, GOLD))
                .isFalse();
    }

    @Test
    void itNeedNotSayAnythingOnlyIfBothListsAreEmpty() {
        assertThat(trusted(Map.of("mfa.sso.trusted-providers", "corp", "mfa.sso.amr", ""), true, ProviderToken.SILENT))
                .isTrue();
        assertThat(trusted(
                        Map.of("mfa.sso.trusted-providers", "corp", "mfa.sso.amr", "", "mfa.sso.acr", "gold"),
                        true,
                        ProviderToken.SILENT))
                .isFalse();
    }

    private static boolean trusted(Map<String, String> settings, boolean knewHim, ProviderToken word) {
        return Vouching.isTrusted(Settings.from(settings), new Upstream("corp", knewHim, false, word));
    }
}
