/** Puts the rows of the trail into each realm's tree, one node at a time, and lets signed checkpoints out of the database. */
@NullMarked
package io.sallyport.audit.sealing;

import org.jspecify.annotations.NullMarked;
