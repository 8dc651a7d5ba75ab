package org.mailsonar.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a suite that uses a {@link SendmailLab}; where that cannot be, it is left out as with {@link NeedsPostfix}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsSendmail.Condition.class)
public @interface NeedsSendmail {

    /** Looks for the program. */
    final class Condition extends ServerCondition {
        Condition() {
            super("sendmail", SendmailLab.PROGRAM.toString());
        }
    }
}
