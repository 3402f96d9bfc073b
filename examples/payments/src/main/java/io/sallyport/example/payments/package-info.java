/** A small ERP page that pays only what its user approved with a fresh proof. An example: not part of what is shipped. */
@NullMarked
package io.sallyport.example.payments;

import org.jspecify.annotations.NullMarked;
