package io.sallyport.crypto;

/**
 * Whose secret it is: a sealed secret opens for its owner only, so that rows can't be swapped.
 *
 * @param realmId id of the realm
 * @param userId id of the user
 */
public record Owner(String realmId, String userId) {}
