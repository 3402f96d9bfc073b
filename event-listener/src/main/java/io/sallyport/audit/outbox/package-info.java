/** Brings events to their sinks after their transaction: at least once, in order for each user, by any node. */
@NullMarked
package io.sallyport.audit.outbox;

import org.jspecify.annotations.NullMarked;
