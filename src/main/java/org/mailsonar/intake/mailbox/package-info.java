/**
 * Fetches probes or returns from a mailbox on a server, by IMAP (RFC 3501, RFC 9051) or POP3 (RFC 1939), for sites where neither a
 * listener nor a pipe program can be had. The mailbox may be a person's as well: what is not ours stays as it is, unread.
 *
 * <ul>
 *   <li>New messages are known by their UID. Of each only a few header fields and the size are fetched; {@link
 *       org.mailsonar.intake.mailbox.MailHint} decides whether the rest is, without marking it as read.
 *   <li>A message is deleted only after the handler has accepted it, or has discarded a proven probe; by its UID, and never by a plain
 *       EXPUNGE, which would take along what others have marked. A server without UIDPLUS (RFC 4315) has it marked as deleted and no
 *       more; marked messages are not looked at again.
 *   <li>A POP3 deletion is real only after QUIT, so a message counts as gone only when the server no longer lists it. Until then it is
 *       deleted again and not handled again.
 *   <li>A deferred message stays and is handled again after growing pauses. What is unwanted or has failed stays as well, since a mailbox
 *       has nowhere to put it, and is not looked at again before the next start.
 *   <li>A process that is killed at any instant loses nothing. What was accepted and not yet deleted is handled once more.
 *   <li>Memory is bounded: the first look goes back seven days and 10,000 messages (POP3: 1,000 messages), and at most 1,000 deferred
 *       messages wait; while they do, no new ones are looked at.
 * </ul>
 *
 * <p>Certificate and host name are always checked, and no login goes unencrypted to another machine. Jakarta Mail (Eclipse Angus) is
 * seen in this package only. For IMAP its protocol layer is used without its folders, which keep an object for each message, fetch by
 * themselves and hide which commands delete.
 *
 * <p>Dovecot tells of news some 300 ms late, and any server may not at all, so there is a slow poll beside IDLE (RFC 2177), and a quick one
 * while mail is expected ({@link org.mailsonar.intake.Expectation}, {@link org.mailsonar.intake.mailbox.Pace}): a POP3 mailbox is visited more
 * often then, too. There is one connection at a time. Each message says how late it may have been seen.
 *
 * <p>A folder for junk may be looked into as well; what is found there says so, and is treated as all else. The folder is asked for
 * its state on the same connection, at most once a second while mail is expected and else as often as the slow poll.
 *
 * <p>{@link org.mailsonar.intake.mailbox.MailboxVisit} is the same for one visit, by whoever waits for one message.
 *
 * <p>What a server sends is bounded: 4 MiB more than a message may be for one command, one IDLE or one TLS handshake; then the
 * connection is given up. Jakarta Mail itself would read lines of any length, and take memory for a literal of any announced length.
 */
@NullMarked
package org.mailsonar.intake.mailbox;

import org.jspecify.annotations.NullMarked;
