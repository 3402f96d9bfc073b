package io.sallyport.audit.outbox;

/**
 * A row that this node may deliver until its lease ends.
 *
 * @param addressee whom of its sink's it is for
 * @param fence known to the last one only who claimed the row: one whose lease has ended changes nothing any more
 * @param attempts how many failed
 */
record Claimed(long id, String eventId, String addressee, long fence, int attempts) {}
