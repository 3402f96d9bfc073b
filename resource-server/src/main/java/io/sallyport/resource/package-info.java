/** Lets an application run an action only for an approval of exactly this action, and spends it. */
@NullMarked
package io.sallyport.resource;

import org.jspecify.annotations.NullMarked;
