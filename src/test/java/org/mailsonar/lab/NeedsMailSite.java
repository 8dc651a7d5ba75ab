package org.mailsonar.lab;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks a suite that starts a {@link MailSite}; where that cannot be, it is left out as with {@link NeedsPostfix}. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@NeedsPostfix
@NeedsDovecot
@NeedsLdap
@ExtendWith(NeedsMailSite.Condition.class)
public @interface NeedsMailSite {

    /** Looks for what lets the mail servers ask a directory. */
    final class Condition implements ExecutionCondition {

        private static final List<Path> LIBRARIES = List.of(
                Path.of("/usr/lib/postfix/postfix-ldap.so"),
                Path.of("/usr/lib/dovecot/modules/auth/libauthdb_ldap.so"));

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (context.getTestMethod().isPresent() || LIBRARIES.stream().allMatch(Files::isReadable)) {
                return ConditionEvaluationResult.enabled("mail servers can ask a directory here");
            }
            return LeftOut.suite(
                    context.getRequiredTestClass(),
                    "postfix-ldap or dovecot-ldap is not installed; as root on Debian run scripts/install-test-packages");
        }
    }
}
