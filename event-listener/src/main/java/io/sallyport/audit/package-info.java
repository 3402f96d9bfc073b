/** Turns our Keycloak events into rows of the audit trail, and acknowledges each row to whoever emitted the event. */
@NullMarked
package io.sallyport.audit;

import org.jspecify.annotations.NullMarked;
