/** How events leave the server: what a sink is asked, what it answers, and what waits to be delivered. */
@NullMarked
package io.sallyport.event.sink;

import org.jspecify.annotations.NullMarked;
