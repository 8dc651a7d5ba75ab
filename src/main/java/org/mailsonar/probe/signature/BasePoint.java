package org.mailsonar.probe.signature;

/** Multiples of the base point B, of which every public key is one (RFC 8032 §5.1). */
final class BasePoint {

    /** Of B itself. */
    static final OddMultiples MULTIPLES = new OddMultiples(Point.of(
            Field.of(0xC956_2D60_8F25_D51AL, 0x692C_C760_9525_A7B2L, 0xC0A4_E231_FDD6_DC5CL, 0x2169_36D3_CD6E_53FEL),
            Field.of(0x6666_6666_6666_6658L, 0x6666_6666_6666_6666L, 0x6666_6666_6666_6666L, 0x6666_6666_6666_6666L)));

    /** Of 2<sup>128</sup> B, which would take a good part of a check to compute. */
    static final OddMultiples HIGH_MULTIPLES = new OddMultiples(Point.of(
            Field.of(0xFC80_47AE_60B7_E824L, 0x98E6_85C9_C2E7_23E5L, 0x952D_3984_E14E_29A0L, 0x4C27_AFFF_3C45_F32CL),
            Field.of(0x5BBA_BD11_4BF5_A66BL, 0x90D0_BE1E_51A4_C49EL, 0x95F1_1EB6_26C2_9C3AL, 0x5F2C_99E6_526D_C87DL)));

    private BasePoint() {}
}
