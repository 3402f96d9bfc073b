/** The check before servlets. */
@NullMarked
package io.sallyport.resource.servlet;

import org.jspecify.annotations.NullMarked;
