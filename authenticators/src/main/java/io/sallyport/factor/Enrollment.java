package io.sallyport.factor;

import io.sallyport.policy.Method;

/**
 * One factor of one user, as pages and answers show it.
 *
 * @param id id of the enrollment, which is also the id of its Keycloak credential
 * @param method what kind of factor
 * @param label what the user calls it; may be empty
 */
public record Enrollment(String id, Method method, String label) {}
