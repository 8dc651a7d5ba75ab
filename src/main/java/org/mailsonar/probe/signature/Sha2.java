package org.mailsonar.probe.signature;

/** What SHA-256 and SHA-512 have in common: the numbers of the one are the upper halves of the numbers of the other. */
final class Sha2 {

    /** The first 64 bits of the fractional parts of the cube roots of the first eighty primes (FIPS 180-4 §4.2.3). */
    static final long[] ROUND_CONSTANTS = {
        0x428A_2F98_D728_AE22L, 0x7137_4491_23EF_65CDL, 0xB5C0_FBCF_EC4D_3B2FL, 0xE9B5_DBA5_8189_DBBCL,
        0x3956_C25B_F348_B538L, 0x59F1_11F1_B605_D019L, 0x923F_82A4_AF19_4F9BL, 0xAB1C_5ED5_DA6D_8118L,
        0xD807_AA98_A303_0242L, 0x1283_5B01_4570_6FBEL, 0x2431_85BE_4EE4_B28CL, 0x550C_7DC3_D5FF_B4E2L,
        0x72BE_5D74_F27B_896FL, 0x80DE_B1FE_3B16_96B1L, 0x9BDC_06A7_25C7_1235L, 0xC19B_F174_CF69_2694L,
        0xE49B_69C1_9EF1_4AD2L, 0xEFBE_4786_384F_25E3L, 0x0FC1_9DC6_8B8C_D5B5L, 0x240C_A1CC_77AC_9C65L,
        0x2DE9_2C6F_592B_0275L, 0x4A74_84AA_6EA6_E483L, 0x5CB0_A9DC_BD41_FBD4L, 0x76F9_88DA_8311_53B5L,
        0x983E_5152_EE66_DFABL, 0xA831_C66D_2DB4_3210L, 0xB003_27C8_98FB_213FL, 0xBF59_7FC7_BEEF_0EE4L,
        0xC6E0_0BF3_3DA8_8FC2L, 0xD5A7_9147_930A_A725L, 0x06CA_6351_E003_826FL, 0x1429_2967_0A0E_6E70L,
        0x27B7_0A85_46D2_2FFCL, 0x2E1B_2138_5C26_C926L, 0x4D2C_6DFC_5AC4_2AEDL, 0x5338_0D13_9D95_B3DFL,
        0x650A_7354_8BAF_63DEL, 0x766A_0ABB_3C77_B2A8L, 0x81C2_C92E_47ED_AEE6L, 0x9272_2C85_1482_353BL,
        0xA2BF_E8A1_4CF1_0364L, 0xA81A_664B_BC42_3001L, 0xC24B_8B70_D0F8_9791L, 0xC76C_51A3_0654_BE30L,
        0xD192_E819_D6EF_5218L, 0xD699_0624_5565_A910L, 0xF40E_3585_5771_202AL, 0x106A_A070_32BB_D1B8L,
        0x19A4_C116_B8D2_D0C8L, 0x1E37_6C08_5141_AB53L, 0x2748_774C_DF8E_EB99L, 0x34B0_BCB5_E19B_48A8L,
        0x391C_0CB3_C5C9_5A63L, 0x4ED8_AA4A_E341_8ACBL, 0x5B9C_CA4F_7763_E373L, 0x682E_6FF3_D6B2_B8A3L,
        0x748F_82EE_5DEF_B2FCL, 0x78A5_636F_4317_2F60L, 0x84C8_7814_A1F0_AB72L, 0x8CC7_0208_1A64_39ECL,
        0x90BE_FFFA_2363_1E28L, 0xA450_6CEB_DE82_BDE9L, 0xBEF9_A3F7_B2C6_7915L, 0xC671_78F2_E372_532BL,
        0xCA27_3ECE_EA26_619CL, 0xD186_B8C7_21C0_C207L, 0xEADA_7DD6_CDE0_EB1EL, 0xF57D_4F7F_EE6E_D178L,
        0x06F0_67AA_7217_6FBAL, 0x0A63_7DC5_A2C8_98A6L, 0x113F_9804_BEF9_0DAEL, 0x1B71_0B35_131C_471BL,
        0x28DB_77F5_2304_7D84L, 0x32CA_AB7B_40C7_2493L, 0x3C9E_BE0A_15C9_BEBCL, 0x431D_67C4_9C10_0D4CL,
        0x4CC5_D4BE_CB3E_42B6L, 0x597F_299C_FC65_7E2AL, 0x5FCB_6FAB_3AD6_FAECL, 0x6C44_198C_4A47_5817L
    };

    /** The first 64 bits of the fractional parts of the square roots of the first eight primes (FIPS 180-4 §5.3.5). */
    static final long[] START = {
        0x6A09_E667_F3BC_C908L, 0xBB67_AE85_84CA_A73BL, 0x3C6E_F372_FE94_F82BL, 0xA54F_F53A_5F1D_36F1L,
        0x510E_527F_ADE6_82D1L, 0x9B05_688C_2B3E_6C1FL, 0x1F83_D9AB_FB41_BD6BL, 0x5BE0_CD19_137E_2179L
    };

    private Sha2() {}

    /** The parts one after the other, then a one bit, zeros, and the length in bits (FIPS 180-4 §5.1), to whole blocks. */
    static byte[] padded(int blockLength, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        // The length in bits takes an eighth of a block; what is above its lower 64 bits is zero here.
        int blocks = (length + 1 + blockLength / 8 + blockLength - 1) / blockLength;
        byte[] padded = new byte[blocks * blockLength];
        int end = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, padded, end, part.length);
            end += part.length;
        }
        padded[end] = (byte) 0x80;
        put(padded, padded.length - Long.BYTES, 8L * length, Long.BYTES);
        return padded;
    }

    /** Writes a number as so many bytes, the most significant first. */
    static void put(byte[] bytes, int offset, long number, int count) {
        for (int i = 0; i < count; i++) {
            bytes[offset + i] = (byte) (number >>> (8 * (count - 1 - i)));
        }
    }

    /** Reads a number of so many bytes, the most significant first. */
    static long number(byte[] bytes, int offset, int count) {
        long number = 0;
        for (int i = 0; i < count; i++) {
            number = number << 8 | (bytes[offset + i] & 0xFF);
        }
        return number;
    }
}
