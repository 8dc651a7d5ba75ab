package org.mailsonar.intake.mailbox;

import jakarta.mail.Folder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ConnectionException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.MailboxInfo;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;
import org.eclipse.angus.mail.imap.protocol.Status;
import org.eclipse.angus.mail.imap.protocol.UID;
import org.eclipse.angus.mail.util.MailLogger;
import org.jspecify.annotations.Nullable;
import org.mailsonar.intake.mailbox.MailboxTrouble.Kind;
import org.mailsonar.message.MailMessage;

/**
 * One connection to an IMAP server, with one of its folders selected (RFC 3501; UIDPLUS RFC 4315; IDLE RFC 2177). Messages are named by UID alone, read with
 * PEEK alone, and deleted with UID EXPUNGE alone. For one thread.
 */
final class ImapConnection implements AutoCloseable {

    /** As much of the few fields of a header as is read. */
    private static final int LONGEST_HEADER = 16 * 1024;

    /**
     * What can be told of a message before it is read.
     *
     * @param header the fields of {@link MailHint#FIELDS}
     * @param size of the whole message, in bytes
     */
    record Summary(long uid, MailMessage header, long size) {}

    private final IMAPProtocol protocol;
    private MailboxInfo folder;
    private int messages;
    private boolean news;

    private ImapConnection(IMAPProtocol protocol, MailboxInfo folder) {
        this.protocol = protocol;
        this.folder = folder;
        this.messages = folder.total;
        protocol.addResponseHandler(this::note);
    }

    /** Connects, encrypts, logs in and selects the folder. */
    static ImapConnection open(MailboxSettings settings, MailboxLimits limits, String secret) throws MailboxTrouble {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        MailLogger silent = new MailLogger(ImapConnection.class.getName(), "imap", false, nowhere);
        IMAPProtocol protocol;
        AtomicBoolean heard = new AtomicBoolean();
        try {
            protocol = new LimitedImap(
                    settings,
                    ConnectionProperties.of(settings, limits, heard),
                    ConnectionProperties.mostAtOnce(settings),
                    silent);
        } catch (IOException | ProtocolException failed) {
            MailboxTrouble trouble = MailboxTrouble.of(failed);
            throw heard.get() ? trouble.afterGreeting() : trouble;
        }
        boolean open = false;
        try {
            ImapLogin.run(protocol, settings, secret);
            ImapConnection connection = new ImapConnection(protocol, select(protocol, settings.folder()));
            open = true;
            return connection;
        } finally {
            if (!open) {
                protocol.disconnect();
            }
        }
    }

    private static MailboxInfo select(IMAPProtocol protocol, String name) throws MailboxTrouble {
        try {
            MailboxInfo folder = protocol.select(name);
            if (folder.mode == Folder.READ_ONLY) {
                throw new MailboxTrouble(
                        Kind.SERVER, "folder " + name + " is read-only, so nothing could be deleted", null);
            }
            return folder;
        } catch (CommandFailedException refused) {
            throw new MailboxTrouble(Kind.SERVER, "folder " + name + ": " + ImapLogin.said(refused), refused);
        } catch (ProtocolException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    /** Selects another folder, or the same one anew. Where that fails none is selected. */
    void select(String name) throws MailboxTrouble {
        folder = select(protocol, name);
        messages = folder.total;
        news = false;
    }

    /** Asks whether there is anything new in the selected folder; {@link #takeNews} tells then. */
    void ask() throws MailboxTrouble {
        command("NOOP");
    }

    /** What a folder that is not selected is like: a new message changes this (RFC 3501 §6.3.10). */
    String state(String name) throws MailboxTrouble {
        try {
            Status status = protocol.status(name, new String[] {"UIDVALIDITY", "UIDNEXT"});
            return status == null ? "" : status.uidvalidity + ":" + status.uidnext;
        } catch (CommandFailedException refused) {
            throw new MailboxTrouble(Kind.SERVER, "folder " + name + ": " + ImapLogin.said(refused), refused);
        } catch (ProtocolException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    /** Whether the server can tell of news by itself. */
    boolean canIdle() {
        return protocol.hasCapability("IDLE");
    }

    /** While this stays the same, so do the UIDs (RFC 3501 §2.3.1.1). */
    long uidValidity() {
        return folder.uidvalidity;
    }

    /** A UID above all that the folder had when it was selected; -1 where the server did not say. */
    long uidNext() {
        return folder.uidnext;
    }

    /** How many messages are in the folder, as far as the server has told. */
    int messages() {
        return messages;
    }

    /** Whether the server told of new messages since this was last asked. */
    boolean takeNews() {
        boolean had = news;
        news = false;
        return had;
    }

    /** Whether one message can be expunged without the others. */
    boolean canExpungeOne() {
        return protocol.hasCapability("UIDPLUS");
    }

    /** The UIDs that these criteria find (RFC 3501 §6.4.4), ascending. */
    List<Long> search(String criteria) throws MailboxTrouble {
        List<Long> found = new ArrayList<>();
        for (Response response : command("UID SEARCH " + criteria)) {
            if (response instanceof IMAPResponse list && list.keyEquals("SEARCH")) {
                for (long uid = list.readLong(); uid >= 0; uid = list.readLong()) {
                    found.add(uid);
                }
            }
        }
        found.sort(null);
        return found;
    }

    /** What can be told of these messages; those that are gone are left out. */
    List<Summary> summaries(List<Long> uids) throws MailboxTrouble {
        String set = uids.stream().map(String::valueOf).collect(Collectors.joining(","));
        List<Summary> summaries = new ArrayList<>();
        for (Response response : command("UID FETCH " + set + " (UID RFC822.SIZE BODY.PEEK[HEADER.FIELDS ("
                + MailHint.FIELDS + ")]<0." + LONGEST_HEADER + ">)")) {
            if (response instanceof FetchResponse fetched && fetched.getItem(BODY.class) != null) {
                UID uid = fetched.getItem(UID.class);
                RFC822SIZE size = fetched.getItem(RFC822SIZE.class);
                if (uid != null && size != null) {
                    summaries.add(new Summary(uid.uid, MailMessage.of(bytes(fetched)), size.size));
                }
            }
        }
        return summaries;
    }

    /** A message, or so many of its first bytes, which does not mark it as read; null when it is gone. */
    @Nullable
    Content fetch(long uid, int limit) throws MailboxTrouble {
        for (Response response : command("UID FETCH " + uid + " (UID BODY.PEEK[]<0." + (limit + 1) + ">)")) {
            if (response instanceof FetchResponse fetched && fetched.getItem(BODY.class) != null) {
                UID told = fetched.getItem(UID.class);
                if (told != null && told.uid == uid) {
                    return Content.of(bytes(fetched), limit, false);
                }
            }
        }
        return null;
    }

    private static byte[] bytes(FetchResponse fetched) {
        var data = fetched.getItem(BODY.class).getByteArray();
        return data == null ? new byte[0] : data.getNewBytes();
    }

    /** Deletes a message, and no other; where the server cannot expunge just one, it is marked as deleted and stays. */
    void delete(long uid) throws MailboxTrouble {
        command("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
        if (canExpungeOne()) {
            command("UID EXPUNGE " + uid);
        }
    }

    /**
     * Waits for the server to tell of something new, for so long at most; returns when it did, when time is up, and when the
     * watch is woken or at its end. A server without IDLE tells nothing.
     */
    void await(Duration limit, Watch watch) throws MailboxTrouble {
        if (!canIdle()) {
            watch.rest(limit);
            return;
        }
        try {
            ImapIdle.run(protocol, limit, watch, () -> news);
        } catch (ProtocolException failed) {
            throw MailboxTrouble.of(failed);
        }
    }

    private Response[] command(String line) throws MailboxTrouble {
        Response[] responses = protocol.command(line, null);
        protocol.notifyResponseHandlers(responses);
        try {
            protocol.handleResult(responses[responses.length - 1]);
            return responses;
        } catch (ConnectionException lost) {
            throw MailboxTrouble.of(lost);
        } catch (ProtocolException refused) {
            throw new MailboxTrouble(Kind.SERVER, "the server refuses a command: " + ImapLogin.said(refused), refused);
        }
    }

    private void note(Response response) {
        if (response instanceof IMAPResponse told && told.keyEquals("EXISTS")) {
            news |= told.getNumber() > messages;
            messages = told.getNumber();
        } else if (response instanceof IMAPResponse told && told.keyEquals("EXPUNGE")) {
            messages--;
        }
    }

    /** Ends the connection without CLOSE, which would expunge what others have marked. */
    @Override
    public void close() {
        try {
            protocol.logout();
        } catch (ProtocolException gone) {
            protocol.disconnect();
        }
    }
}
