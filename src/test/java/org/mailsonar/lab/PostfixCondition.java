package org.mailsonar.lab;

/** Decides whether this machine can hold a {@link PostfixLab}. */
final class PostfixCondition extends ServerCondition {

    PostfixCondition() {
        super("Postfix", "/usr/sbin/postfix");
    }
}
