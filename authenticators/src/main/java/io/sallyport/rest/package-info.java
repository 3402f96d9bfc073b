/** What is called below a realm's own address, beside its pages. */
@NullMarked
package io.sallyport.rest;

import org.jspecify.annotations.NullMarked;
