/**
 * Files that survive a crash: the few operations on them that anything durable is made of, and the one order in which a file is
 * written so that whoever looks sees all of it or nothing.
 *
 * <p>{@link org.mailsonar.files.Disk} is the port to the file system; a test puts one in its place that stops at any step. {@link
 * org.mailsonar.files.DurableFile} writes: temporary file, fsync, rename, fsync of the directory. A file exists under its name from
 * the rename on, and does so for certain, even after a loss of power, when the directory is synced. A crash before the rename leaves
 * a temporary file that nobody takes for mail.
 */
@NullMarked
package org.mailsonar.files;

import org.jspecify.annotations.NullMarked;
