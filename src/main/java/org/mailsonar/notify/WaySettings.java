package org.mailsonar.notify;

import org.mailsonar.time.TimeSource;

/** By what people are told; {@link #open} makes the way of it. Immutable; no text of it shows a secret. */
public sealed interface WaySettings
        permits WebhookSettings, SmsSettings, AlertmanagerSettings, ExecSettings, SyslogSettings, MailSettings {

    /** The way. Nothing is connected or started before the first notice. */
    Notifier open(TimeSource time);

    /** What it is, for logs and the check of a configuration: {@code webhook https://pager.test}; no secret in it. */
    String describe();

    /** Whether it depends on mail. */
    default boolean isMail() {
        return false;
    }
}
