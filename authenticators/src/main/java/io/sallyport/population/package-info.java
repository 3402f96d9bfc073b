/** All the people of a realm as its policy sees them, read page by page from Keycloak's own tables. */
@NullMarked
package io.sallyport.population;

import org.jspecify.annotations.NullMarked;
