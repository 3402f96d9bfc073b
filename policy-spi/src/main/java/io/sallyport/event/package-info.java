/** The names of our events and their details, and the one way to emit them; shared by who writes and who reads them. */
@NullMarked
package io.sallyport.event;

import org.jspecify.annotations.NullMarked;
