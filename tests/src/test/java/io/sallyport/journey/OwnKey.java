package io.sallyport.journey;

import java.util.List;
import java.util.Map;

/** A realm whose signing key the tests hold, as nobody else ever should. */
final class OwnKey {

    private OwnKey() {}

    /** From now on the realm signs with this key. */
    static SigningKey in(MfaRealm realm) {
        SigningKey key = SigningKey.fresh();
        realm.admin()
                .post(
                        realm.name() + "/components",
                        Map.of(
                                "name",
                                "own key",
                                "providerId",
                                "rsa",
                                "providerType",
                                "org.keycloak.keys.KeyProvider",
                                "parentId",
                                realm.admin().get(realm.name()).path("id").asText(),
                                "config",
                                Map.of("priority", List.of("1000"), "privateKey", List.of(key.pem()))));
        return key;
    }
}
