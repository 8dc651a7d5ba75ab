package org.mailsonar.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a suite that starts a {@link SystemdLab}; where that cannot be, it is left out as with {@link NeedsPostfix}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsSystemd.Condition.class)
public @interface NeedsSystemd {

    /** Looks for the program, and for control groups that it can have. */
    final class Condition extends ServerCondition {
        Condition() {
            super("systemd", "/lib/systemd/systemd", "mount", "-t", "cgroup2", "none", "/mnt");
        }
    }
}
