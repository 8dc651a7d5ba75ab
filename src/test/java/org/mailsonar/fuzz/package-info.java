/**
 * Coverage-guided fuzzing: what is common to the targets, and the replay of stored inputs.
 *
 * <p>A target is a class with {@code fuzzerTestOneInput(byte[])} that stands in the package whose code it tries, so that it reaches
 * what is package-private there. It states properties ("a changed token is never valid", "the same bytes in other pieces get the
 * same replies") and not only that nothing is thrown; {@link org.mailsonar.fuzz.Claim} is what breaks. {@code
 * src/test/resources/fuzz/targets} names them all. For each there is a directory of seeds, made by hand and small, and a
 * dictionary; what was once found stands under {@code findings}, one file each, named by its target.
 *
 * <p>{@code scripts/fuzz} runs the targets under Jazzer (Maven profile {@code fuzz}; ordinary builds do not know it). {@link
 * org.mailsonar.fuzz.FuzzReplayTest} runs all seeds and findings through the same targets with every build, without Jazzer.
 *
 * <p>To add one: the class, its line in {@code targets}, seeds, a dictionary. To see that a property can fail, break the code that
 * it is about and run the target for a minute.
 */
@NullMarked
package org.mailsonar.fuzz;

import org.jspecify.annotations.NullMarked;
