/** Events to a topic of Apache Kafka, acknowledged by all its replicas, in order for each user. */
@NullMarked
package io.sallyport.kafka;

import org.jspecify.annotations.NullMarked;
