package org.mailsonar.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.directory.DirectorySettings;
import org.mailsonar.intake.mailbox.MailboxSettings;
import org.mailsonar.intake.smtp.TlsFiles;
import org.mailsonar.message.EmailAddress;

/**
 * How returns reach a monitor.
 *
 * @param listeners where it listens
 * @param maildirs what it watches
 * @param mailboxes what it fetches from
 */
public record MonitorReturns(List<ListenUrl> listeners, List<WatchUrl> maildirs, List<MailboxSettings> mailboxes) {

    /**
     * A return is short, as only the header of its probe goes back. A bounce may bring the whole probe along, but mail systems cut
     * what is longer than some 100 KiB.
     */
    public static final int LARGEST = 1024 * 1024;

    public MonitorReturns {
        listeners = List.copyOf(listeners);
        maildirs = List.copyOf(maildirs);
        mailboxes = List.copyOf(mailboxes);
    }

    /** Whether there is no way but {@code mailsonar receive}. */
    public boolean isEmpty() {
        return listeners.isEmpty() && maildirs.isEmpty() && mailboxes.isEmpty();
    }

    static MonitorReturns read(@Nullable ConfigNode node, @Nullable TlsFiles tls, EmailAddress returnTo)
            throws ConfigException {
        List<ListenUrl> listeners = new ArrayList<>();
        List<WatchUrl> maildirs = new ArrayList<>();
        List<MailboxSettings> mailboxes = new ArrayList<>();
        for (ConfigNode item : node == null ? List.<ConfigNode>of() : node.list()) {
            if (item.isSection()) {
                mailboxes.add(MailboxReader.mailbox(item, LARGEST, returnTo));
            } else if (item.text().startsWith("maildir:")) {
                maildirs.add(maildir(item));
            } else if (item.text().startsWith("imap") || item.text().startsWith("pop3")) {
                throw item.error("a mailbox needs somebody who logs in; write for example:"
                        + " {url: imaps://mail.monitor.test, user: return, passwordFile: secrets/return}");
            } else {
                listeners.add(ListenReader.url(item, tls));
            }
        }
        return new MonitorReturns(listeners, maildirs, mailboxes);
    }

    private static WatchUrl maildir(ConfigNode item) throws ConfigException {
        WatchUrl url = item.as(WatchUrl::parse);
        return url.kind() == DirectorySettings.Kind.MAILDIR
                ? new WatchUrl(url.kind(), item.resolve(url.directory()))
                : url;
    }
}
