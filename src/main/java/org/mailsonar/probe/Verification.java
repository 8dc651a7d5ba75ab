package org.mailsonar.probe;

/** What the check of a token found. Texts are for logs and hold nothing of an unproven token. */
public sealed interface Verification {

    /** One line for people. */
    String text();

    /** One word for programs, lower case and underscores: {@code forged}. */
    String reason();

    /**
     * Signed by a trusted key, within its time, for one of our addresses.
     *
     * @param token what it states
     * @param signed the token itself, as it travels
     */
    record Valid(ProbeToken token, String signed) implements Verification {
        @Override
        public String text() {
            return "probe " + token.id() + " is authentic";
        }

        @Override
        public String reason() {
            return "valid";
        }
    }

    /** There is no token. */
    record Missing() implements Verification {
        @Override
        public String text() {
            return "no probe token in the message";
        }

        @Override
        public String reason() {
            return "no_token";
        }
    }

    /** Not of a token's form, or signed and yet unreadable. */
    record Malformed(String why) implements Verification {
        @Override
        public String text() {
            return "malformed probe token: " + why;
        }

        @Override
        public String reason() {
            return "malformed";
        }
    }

    /** It names a key that is not trusted here. */
    record UnknownKey() implements Verification {
        @Override
        public String text() {
            return "the probe token is signed with a key that is not trusted here";
        }

        @Override
        public String reason() {
            return "unknown_key";
        }
    }

    /** It names a trusted key, and that key did not sign it. */
    record Forged() implements Verification {
        @Override
        public String text() {
            return "the signature of the probe token is wrong";
        }

        @Override
        public String reason() {
            return "forged";
        }
    }

    /** Authentic, and outside its time, tolerance included. */
    record Expired(ProbeToken token) implements Verification {
        @Override
        public String text() {
            return "probe " + token.id() + " is outside its time: sent " + token.sent() + ", expires "
                    + token.expires();
        }

        @Override
        public String reason() {
            return "expired";
        }
    }

    /** Authentic, and meant for another address. */
    record WrongAddress(ProbeToken token) implements Verification {
        @Override
        public String text() {
            return "probe " + token.id() + " is for " + token.to() + ", which is not probed here";
        }

        @Override
        public String reason() {
            return "wrong_address";
        }
    }
}
