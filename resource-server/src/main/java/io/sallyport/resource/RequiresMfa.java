package io.sallyport.resource;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the method only for an approval of this action, given by the caller for exactly the details of this call. On a type it
 * holds for all its methods. One of the adapters must be installed: by itself it does nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface RequiresMfa {

    /** The action's type in the realm's catalogue: {@code approve_payment}. */
    String action();
}
