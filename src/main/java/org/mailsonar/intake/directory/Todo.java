package org.mailsonar.intake.directory;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The next step with a file. What is behind it is not done again as long as this process runs. */
sealed interface Todo {

    /** Nothing. */
    Todo DONE = new Done();

    /** To be looked at and handled. */
    record Handle(Path file) implements Todo {}

    /** Handled in this version, and to be deleted. */
    record Delete(Path file, FileVersion version) implements Todo {}

    /** Failed for good in this version, and to be kept with the reason. */
    record Keep(Path file, FileVersion version, String why) implements Todo {}

    /**
     * To be done later.
     *
     * @param pause for how long to wait; null for a pause that grows with each try
     */
    record Later(Todo todo, @Nullable Duration pause) implements Todo {}

    /** Nothing. */
    record Done() implements Todo {}
}
