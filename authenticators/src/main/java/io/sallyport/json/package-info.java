/** What our REST calls share: strict JSON in, problems as {@code application/problem+json} out. */
@NullMarked
package io.sallyport.json;

import org.jspecify.annotations.NullMarked;
