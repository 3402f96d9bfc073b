package io.sallyport.resource.spring;

import io.sallyport.resource.RequiredAction;
import java.lang.reflect.Method;
import java.util.Optional;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.support.StaticMethodMatcherPointcut;

/** Which methods of beans are proxied: the same that the check itself takes to need an approval. */
final class RequiringMethods extends StaticMethodMatcherPointcut {

    @Override
    public boolean matches(Method method, Class<?> type) {
        return RequiredAction.of(type, method).isPresent();
    }

    static Optional<String> action(MethodInvocation invocation) {
        Class<?> type = Optional.ofNullable(invocation.getThis())
                .<Class<?>>map(Object::getClass)
                .orElse(invocation.getMethod().getDeclaringClass());
        return RequiredAction.of(type, invocation.getMethod());
    }
}
