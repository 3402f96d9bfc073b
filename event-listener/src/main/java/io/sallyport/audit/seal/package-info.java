/** The Merkle tree over the rows of one realm's trail: what a row's leaf is, how the tree grows, what a checkpoint states. */
@NullMarked
package io.sallyport.audit.seal;

import org.jspecify.annotations.NullMarked;
