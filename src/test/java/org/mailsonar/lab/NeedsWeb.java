package org.mailsonar.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a suite that starts a {@link WebLab}; where that cannot be, it is left out as with {@link NeedsPostfix}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsWeb.Condition.class)
public @interface NeedsWeb {

    /** Looks for the program. */
    final class Condition extends ProgramCondition {
        Condition() {
            super("lighttpd", "/usr/sbin/lighttpd");
        }
    }
}
