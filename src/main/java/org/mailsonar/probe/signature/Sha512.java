package org.mailsonar.probe.signature;

/** The hash function SHA-512 (FIPS 180-4 §6.4). */
final class Sha512 {

    private static final int BLOCK = 128;
    private static final int ROUNDS = 80;

    private Sha512() {}

    /** The 64 bytes for some bytes that are given in parts. */
    static byte[] digest(byte[]... parts) {
        byte[] padded = Sha2.padded(BLOCK, parts);
        long[] state = Sha2.START.clone();
        long[] schedule = new long[ROUNDS];
        for (int block = 0; block < padded.length; block += BLOCK) {
            prepare(schedule, padded, block);
            compress(state, schedule);
        }
        byte[] digest = new byte[Long.BYTES * state.length];
        for (int i = 0; i < state.length; i++) {
            Sha2.put(digest, Long.BYTES * i, state[i], Long.BYTES);
        }
        return digest;
    }

    private static void prepare(long[] schedule, byte[] padded, int block) {
        for (int i = 0; i < 16; i++) {
            schedule[i] = Sha2.number(padded, block + Long.BYTES * i, Long.BYTES);
        }
        for (int i = 16; i < ROUNDS; i++) {
            long far = schedule[i - 15];
            long near = schedule[i - 2];
            schedule[i] = schedule[i - 16]
                    + ((far >>> 1 | far << 63) ^ (far >>> 8 | far << 56) ^ far >>> 7)
                    + schedule[i - 7]
                    + ((near >>> 19 | near << 45) ^ (near >>> 61 | near << 3) ^ near >>> 6);
        }
    }

    private static void compress(long[] state, long[] schedule) {
        long a = state[0];
        long b = state[1];
        long c = state[2];
        long d = state[3];
        long e = state[4];
        long f = state[5];
        long g = state[6];
        long h = state[7];
        for (int i = 0; i < ROUNDS; i++) {
            long first = h
                    + ((e >>> 14 | e << 50) ^ (e >>> 18 | e << 46) ^ (e >>> 41 | e << 23))
                    + ((e & f) ^ (~e & g))
                    + Sha2.ROUND_CONSTANTS[i]
                    + schedule[i];
            long second = ((a >>> 28 | a << 36) ^ (a >>> 34 | a << 30) ^ (a >>> 39 | a << 25))
                    + ((a & b) ^ (a & c) ^ (b & c));
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
