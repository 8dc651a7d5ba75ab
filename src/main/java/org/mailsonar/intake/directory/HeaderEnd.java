package org.mailsonar.intake.directory;

/** Whether the empty line behind a message's header (RFC 5322 §2.1) is there, so that the header is whole. */
final class HeaderEnd {

    private HeaderEnd() {}

    static boolean isIn(byte[] content) {
        boolean emptyLine = false;
        for (byte b : content) {
            if (b == '\n') {
                if (emptyLine) {
                    return true;
                }
                emptyLine = true;
            } else if (b != '\r') {
                emptyLine = false;
            }
        }
        return false;
    }
}
