package org.mailsonar.report;

/**
 * All meters at one instant, as a collector reads them.
 *
 * @param contentType the media type of the body
 * @param body the exposition; not copied, so not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // written to one response and forgotten
public record Scrape(String contentType, byte[] body) {}
