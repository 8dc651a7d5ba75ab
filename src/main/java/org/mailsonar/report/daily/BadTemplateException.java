package org.mailsonar.report.daily;

/** A template of the site's own cannot be used; the message is one line and says where and why. */
public final class BadTemplateException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    BadTemplateException(String message) {
        super(message);
    }
}
