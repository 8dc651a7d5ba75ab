package org.mailsonar.config;

import java.security.KeyPair;
import org.mailsonar.site.Site;

/**
 * What a site file holds.
 *
 * @param site the machines
 * @param key signs the probes, and proves which messages in a mailbox may be deleted
 * @param sequence when they are run
 */
public record SiteConfig(Site site, KeyPair key, Sequence sequence) {}
