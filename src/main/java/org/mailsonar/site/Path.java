package org.mailsonar.site;

/**
 * One way of mail through a site.
 *
 * @param store where the mail lies, with a test account
 * @param mta by which it is submitted
 * @param proxy by which it is fetched; the store's own name where there is none between
 */
public record Path(String store, String mta, String proxy) {

    /** As in a log: {@code store1 by mta1 and mmp1}. */
    @Override
    public String toString() {
        return store + " by " + mta + " and " + proxy;
    }
}
