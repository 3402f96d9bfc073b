/** The sinks that come with the pack: a line of the log, a signed call of a web address, a mail to security officers. */
@NullMarked
package io.sallyport.audit.sink;

import org.jspecify.annotations.NullMarked;
