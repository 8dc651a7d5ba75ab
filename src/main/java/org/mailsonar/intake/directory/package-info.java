/**
 * Mail that is found in directories, and where it is safe at each step.
 *
 * <p>Three kinds of directory, told apart by who puts mail there:
 *
 * <ul>
 *   <li><b>spool</b>, Mailsonar's own, where {@code email_return} hands mail over: {@code SPOOL/tmp}, {@code new}, {@code cur} and
 *       {@code failed}. A delivery writes a file to {@code tmp}, syncs it, and renames it into {@code new}; from that instant on it is
 *       whole and ours. Lines {@code X-Sender: <…>} and {@code X-Receiver: <…>} before the message tell the envelope; without
 *       them {@code Return-Path} and {@code Delivered-To} do. An mbox {@code From } line may follow them. What turns out to be no
 *       probe is deleted.
 *   <li><b>maildir</b>, which a mail server delivers to and a person may read. Mail is read where it lies; what is not a probe
 *       of ours is never touched. The envelope is in {@code Return-Path}, {@code X-Original-To}, {@code Envelope-To} and {@code
 *       Delivered-To} above the first {@code Received}.
 *   <li><b>drop</b>, the Drop directory of IIS and Exchange: {@code *.eml}, the envelope in {@code X-Sender} and {@code X-Receiver}
 *       lines before the message. A file may still be being written, so it is judged once its size and time have been the same for
 *       200 ms, and judged anew whenever they change afterwards. What is not a probe of ours is never touched.
 * </ul>
 *
 * <h2>A file's states</h2>
 *
 * <table>
 * <caption>Each state, the instant at which it begins, and the worst that a crash in it leads to</caption>
 * <tr><th>state</th><th>begins with</th><th>a crash in it</th></tr>
 * <tr><td>delivered: in {@code new}, or in a Drop directory</td><td>whoever delivers renames or writes it</td><td>found by the first
 *     sweep of the next start</td></tr>
 * <tr><td>taken (spool alone): in {@code cur}, out of strangers' reach</td><td>the rename to {@code cur}</td><td>found there by the
 *     first sweep; nothing was done with it</td></tr>
 * <tr><td>being handled</td><td>the call of the handler</td><td>handled again: if the next hop had accepted the return already,
 *     the probe returns twice, and the monitor counts it once</td></tr>
 * <tr><td>accepted</td><td>the handler's answer</td><td>as before: handled again, returned twice at worst</td></tr>
 * <tr><td>gone</td><td>the deletion</td><td>nothing; a loss of power may bring the name back, as if it had not been deleted</td></tr>
 * <tr><td>failed, reason written: still where it was</td><td>the rename of {@code failed/NAME.reason}, which was synced before</td>
 *     <td>handled again; a spool removes the lonely reason at the next start</td></tr>
 * <tr><td>failed: {@code failed/NAME}</td><td>the rename into {@code failed}</td><td>nothing; it stays until a person removes it</td></tr>
 * </table>
 *
 * <p>So no mail is lost, none is in two of these places, and at worst one is handled twice. A file that was handled and cannot be deleted
 * or moved at the moment (a full disk, a file system that turned read-only) is not handled again as long as the process lives, unless
 * another file comes under its name or it is written to; from a
 * directory in which nothing may be deleted nothing is handled in the first place.
 *
 * <p>{@code Deferred}, and whatever is thrown, leaves the file: it is tried again after 1 s, and after twice as long each time up to 5
 * min. These pauses are in memory alone, so a new start tries everything at once. Memory is bounded however many files wait.
 *
 * <h2>The lease</h2>
 *
 * <p>{@code SPOOL/alive} is a file whose time of modification is the instant until which a reflector watches the spool: renewed every
 * second to 5 s ahead, as long as files are really looked for. A delivery that finds it newer than a file just made may hand over. It
 * is removed at the beginning of an orderly end, before the last sweep of {@code new}. {@code SPOOL/lock} keeps a second reflector
 * away.
 */
@NullMarked
package org.mailsonar.intake.directory;

import org.jspecify.annotations.NullMarked;
