package io.sallyport.provider;

import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;

/**
 * Tells Keycloak the changelog of one module's tables. Keycloak 26.7 finds the entities by itself, in the class index.
 *
 * @param getFactoryId names the table of applied changes; Keycloak looks at its first ten letters only
 * @param getChangelogLocation a path that is unique in the server, because Keycloak caches changelogs by it
 * @param getEntities the entities of the module
 */
public record JpaTables(String getFactoryId, String getChangelogLocation, List<Class<?>> getEntities)
        implements JpaEntityProvider {

    public JpaTables {
        getEntities = List.copyOf(getEntities);
    }

    @Override
    public void close() {}
}
