package org.mailsonar.lab;

/** Decides whether this machine can hold an {@link EximLab}. */
final class EximCondition extends ServerCondition {

    EximCondition() {
        super("Exim", EximLab.PROGRAM.toString());
    }
}
