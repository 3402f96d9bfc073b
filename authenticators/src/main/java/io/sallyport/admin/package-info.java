/** Administration over REST, and the set-up of a realm. */
@NullMarked
package io.sallyport.admin;

import org.jspecify.annotations.NullMarked;
