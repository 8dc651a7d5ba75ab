package org.mailsonar.probe.signature;

/** The hash function SHA-256 (FIPS 180-4 §6.2). */
public final class Sha256 {

    private static final int BLOCK = 64;
    private static final int ROUNDS = 64;

    private Sha256() {}

    /** The 32 bytes for some bytes that are given in parts. */
    public static byte[] digest(byte[]... parts) {
        byte[] padded = Sha2.padded(BLOCK, parts);
        int[] state = new int[Sha2.START.length];
        for (int i = 0; i < state.length; i++) {
            state[i] = (int) (Sha2.START[i] >>> 32);
        }
        int[] schedule = new int[ROUNDS];
        for (int block = 0; block < padded.length; block += BLOCK) {
            prepare(schedule, padded, block);
            compress(state, schedule);
        }
        byte[] digest = new byte[Integer.BYTES * state.length];
        for (int i = 0; i < state.length; i++) {
            Sha2.put(digest, Integer.BYTES * i, state[i], Integer.BYTES);
        }
        return digest;
    }

    private static void prepare(int[] schedule, byte[] padded, int block) {
        for (int i = 0; i < 16; i++) {
            schedule[i] = (int) Sha2.number(padded, block + Integer.BYTES * i, Integer.BYTES);
        }
        for (int i = 16; i < ROUNDS; i++) {
            int far = schedule[i - 15];
            int near = schedule[i - 2];
            schedule[i] = schedule[i - 16]
                    + ((far >>> 7 | far << 25) ^ (far >>> 18 | far << 14) ^ far >>> 3)
                    + schedule[i - 7]
                    + ((near >>> 17 | near << 15) ^ (near >>> 19 | near << 13) ^ near >>> 10);
        }
    }

    private static void compress(int[] state, int[] schedule) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < ROUNDS; i++) {
            int first = h
                    + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7))
                    + ((e & f) ^ (~e & g))
                    + (int) (Sha2.ROUND_CONSTANTS[i] >>> 32)
                    + schedule[i];
            int second =
                    ((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
