package io.sallyport.policy;

/**
 * What a rule that only reports would make of a sign-in that it is about.
 *
 * @param rule its id
 * @param version of it
 * @param decision what the policy would answer if this rule, and no other of its kind, were in force
 */
public record Reported(String rule, long version, PolicyDecision decision) {}
