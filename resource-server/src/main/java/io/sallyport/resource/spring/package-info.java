/** The check as Spring Security knows it: for requests and for methods. */
@NullMarked
package io.sallyport.resource.spring;

import org.jspecify.annotations.NullMarked;
