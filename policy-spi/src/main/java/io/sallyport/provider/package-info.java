/** What every provider of the pack shares: settings, the clock of the database, empty factory life cycles. */
@NullMarked
package io.sallyport.provider;

import org.jspecify.annotations.NullMarked;
