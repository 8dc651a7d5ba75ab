package org.mailsonar.probe;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;
import org.mailsonar.fuzz.Claim;
import org.mailsonar.fuzz.FuzzInput;
import org.mailsonar.fuzz.PlantedProbe;
import org.mailsonar.message.Header;
import org.mailsonar.message.MailMessage;

/** Fuzz target: nothing but the one signed token is ever valid, whatever it is written in, and it is found where it surely can be. */
public final class TokenFuzz {

    private static final String TOKEN = PlantedProbe.TOKEN;
    private static final byte[] STATEMENT = TestProbes.statement().payload();
    private static final byte[] SIGNATURE = Base64.getUrlDecoder().decode(TOKEN.substring(TOKEN.indexOf('.') + 1));
    private static final TokenVerifier VERIFIER = TestProbes.verifier();
    private static final int MOST_TOKENS = 8;

    private TokenFuzz() {}

    /** One input: a letter chooses the property, the rest is what it is tried with. */
    public static void fuzzerTestOneInput(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(12)) {
            case 0 -> verify(input.latin());
            case 1 -> verify(new String(input.changed(TOKEN.getBytes(ISO_8859_1)), ISO_8859_1));
            case 2 -> verify(text(input.changed(STATEMENT), SIGNATURE));
            case 3 -> verify(text(STATEMENT, input.changed(SIGNATURE)));
            case 4 -> parse(input.rest());
            case 5 -> parse(input.changed(STATEMENT));
            case 6 -> findInFrontOf(input.latin());
            case 7 -> findIn(PlantedProbe.in(input.latin()), MOST_TOKENS);
            case 8 -> KeyFilesFuzz.read(input.rest());
            case 9 -> TextFormsFuzz.check(input);
            case 10 -> verify(TOKEN.substring(0, TOKEN.length() - 1) + input.latin());
            default -> checkReturn(MailMessage.of(PlantedProbe.in(input.latin()).getBytes(ISO_8859_1)));
        }
    }

    /** Nobody has signed a return, and a token's signature is none of a return. */
    private static void checkReturn(MailMessage message) {
        ReturnSignature.Check found = ReturnSignature.check(message, TestProbes.ID, TestProbes.monitorKey());
        Claim.that(found != ReturnSignature.Check.VALID, "no return is signed", found);
    }

    private static String text(byte[] payload, byte[] signature) {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(payload) + "." + encoder.encodeToString(signature);
    }

    private static void verify(String token) {
        Verification found = VERIFIER.verify(token, TestProbes.ARRIVAL);
        Claim.same(token.equals(TOKEN), found instanceof Verification.Valid, "the signed token alone is valid");
        checkThatNothingElseIsProven(found);
    }

    private static void checkThatNothingElseIsProven(Verification found) {
        Claim.oneLine(found.text(), 200, "a finding is told on one line");
        if (found instanceof Verification.Valid(ProbeToken token, String signed)) {
            Claim.same(TOKEN, signed, "what is valid is what was signed");
            Claim.that(Arrays.equals(STATEMENT, token.payload()), "what is proven is what was stated", token);
        } else {
            boolean unproven = !(found instanceof Verification.Expired || found instanceof Verification.WrongAddress);
            Claim.that(unproven, "nothing but the signed token is authentic", found);
        }
    }

    private static void parse(byte[] payload) {
        try {
            Claim.that(
                    Arrays.equals(payload, ProbeToken.parse(payload).payload()), "there is one way to write a token");
        } catch (IllegalArgumentException refused) {
            Claim.oneLine(String.valueOf(refused.getMessage()), 200, "a refusal is told on one line");
        }
    }

    /** The first field of a header is found whatever comes behind it, unless there are more tokens than are tried. */
    private static void findInFrontOf(String text) {
        String message = TokenFinder.HEADER + ": " + TOKEN + "\r\n" + text;
        MailMessage read = MailMessage.of(message.getBytes(ISO_8859_1));
        Verification found = TokenFinder.find(read, VERIFIER, TestProbes.ARRIVAL);
        boolean folded = !read.first(TokenFinder.HEADER)
                .map(Header::rawValue)
                .orElse("")
                .strip()
                .equals(TOKEN);
        if (!folded && read.all(TokenFinder.HEADER).count() <= MOST_TOKENS) {
            Claim.that(found instanceof Verification.Valid, "a token in the first field is found", found);
        }
        checkThatNothingElseIsProven(found);
    }

    private static void findIn(String text, int most) {
        Set<String> tokens = new LinkedHashSet<>();
        TokenBlocks.addTo(tokens, text, most);
        Claim.that(tokens.size() <= most, "no more blocks are read than asked for", tokens.size());
        for (String token : tokens) {
            Claim.that(token.chars().allMatch(TokenFuzz::isTokenCharacter), "a token is of its alphabet", token);
        }
        checkThatNothingElseIsProven(TestProbes.find(text.getBytes(ISO_8859_1)));
        checkThatNothingElseIsProven(TestProbes.find(text.getBytes(UTF_8)));
    }

    private static boolean isTokenCharacter(int c) {
        return c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    }
}
