package org.mailsonar.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks a suite that starts a {@link FtpLab}; where that cannot be, it is left out as with {@link NeedsPostfix}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsFtp.Condition.class)
public @interface NeedsFtp {

    /** Looks for the program. */
    final class Condition extends ServerCondition {
        Condition() {
            super("vsftpd", "/usr/sbin/vsftpd");
        }
    }
}
