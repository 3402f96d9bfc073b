/** {@code @RequiresMfa} on methods of Jakarta REST resources. */
@NullMarked
package io.sallyport.resource.rest;

import org.jspecify.annotations.NullMarked;
