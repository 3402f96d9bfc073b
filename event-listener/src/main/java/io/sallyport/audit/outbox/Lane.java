package io.sallyport.audit.outbox;

/**
 * One sink of one realm: what is slow or dead in one lane waits in that one only.
 *
 * @param sink id of the sink
 */
record Lane(String sink, String realmId) {}
