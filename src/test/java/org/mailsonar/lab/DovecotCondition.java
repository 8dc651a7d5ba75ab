package org.mailsonar.lab;

/** Decides whether this machine can hold a {@link DovecotLab}. */
final class DovecotCondition extends ServerCondition {

    DovecotCondition() {
        super("Dovecot", "/usr/sbin/dovecot");
    }
}
