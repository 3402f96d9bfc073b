package io.sallyport.factor.sms;

/**
 * What a provider says about a message later on.
 *
 * @param reference the provider's reference of the message
 * @param status how far it came
 */
public record StatusReport(String reference, SendStatus status) {}
