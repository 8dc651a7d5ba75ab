package org.mailsonar.probe.signature;

/** A point made ready to be added to others (RFC 8032 §5.1.4). Never changed once it is made. */
final class Addend {

    /** Y + X. */
    final long[] sum = new long[Field.LIMBS];

    /** Y − X. */
    final long[] difference = new long[Field.LIMBS];

    /** 2 d T. */
    final long[] twiceDT = new long[Field.LIMBS];

    /** 2 Z. */
    final long[] twiceZ = new long[Field.LIMBS];
}
