package io.sallyport.population;

import io.sallyport.policy.SignInFacts;

/**
 * An enabled user who is no service account.
 *
 * @param username as he signs in
 * @param facts what the policy looks at when he signs in
 * @param administrator whether he has a role of the realm's administration
 * @param breakGlass whether he is a temporary administrator, as Keycloak makes them for emergencies
 * @param beyond whether he comes after the user at whom a listing goes on
 */
public record Person(String username, SignInFacts facts, boolean administrator, boolean breakGlass, boolean beyond) {}
