package org.mailsonar.report.daily;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long things took, for percentiles: the times themselves while they are few, and how many fell into each of many narrow buckets
 * afterwards. A bucket is at most 1/64 as wide as its lowest time, and a percentile is the middle of one, so it is at most 1/128 (0.8 %) off;
 * the worst is exact. At most 30 KiB, and a few bytes for few times. To be filled by one thread.
 */
final class Latencies {

    /** So many are kept as they are. */
    static final int EXACT = 64;

    private static final int HALVINGS = 6;
    private static final int PER_DOUBLING = 1 << HALVINGS;

    private long[] exact = new long[2];
    private int kept;
    private int @Nullable [] buckets;
    private int firstBucket;
    private @Nullable TreeMap<Long, Long> bounds;
    private long number;
    private long worst;

    /** Adds one. */
    void add(long nanos) {
        long time = Math.max(0, nanos);
        number++;
        worst = Math.max(worst, time);
        if (buckets != null) {
            count(bucket(time), 1);
        } else if (kept == EXACT) {
            spread();
            count(bucket(time), 1);
        } else {
            if (kept == exact.length) {
                exact = Arrays.copyOf(exact, Math.min(EXACT, kept * 2));
            }
            exact[kept++] = time;
        }
    }

    /** Adds some of which is known only that they took at most so long. */
    void addUpTo(long nanos, long many) {
        bounds = bounds == null ? new TreeMap<>() : bounds;
        bounds.merge(nanos, many, Long::sum);
        number += many;
        worst = Math.max(worst, nanos);
    }

    /** Adds all of another. */
    void add(Latencies other) {
        long all = number + other.number;
        for (int i = 0; i < other.kept; i++) {
            add(other.exact[i]);
        }
        if (other.buckets != null) {
            if (buckets == null) {
                spread();
            }
            for (int i = 0; i < other.buckets.length; i++) {
                if (other.buckets[i] > 0) {
                    count(other.firstBucket + i, other.buckets[i]);
                }
            }
        }
        if (other.bounds != null) {
            other.bounds.forEach(this::addUpTo);
        }
        number = all;
        worst = Math.max(worst, other.worst);
    }

    /** How many there are. */
    long number() {
        return number;
    }

    /** What they tell together. */
    RoundTrips roundTrips() {
        return number == 0
                ? RoundTrips.NONE
                : new RoundTrips(
                        number,
                        percentile(50),
                        percentile(95),
                        percentile(99),
                        Duration.ofNanos(worst),
                        bounds != null);
    }

    /**
     * The time that so many of 100 did not exceed (nearest rank).
     *
     * @param percent over 0, up to 100; there must be a time
     */
    Duration percentile(int percent) {
        long rank = Math.ceilDiv(number * percent, 100L);
        if (bounds != null) {
            return Duration.ofNanos(amongBounds(rank));
        }
        if (buckets == null) {
            long[] sorted = Arrays.copyOf(exact, kept);
            Arrays.sort(sorted);
            return Duration.ofNanos(sorted[(int) rank - 1]);
        }
        return Duration.ofNanos(Math.min(worst, rank == number ? worst : inBuckets(buckets, rank)));
    }

    private long inBuckets(int[] counts, long rank) {
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return middle(firstBucket + i);
            }
        }
        return worst;
    }

    private long amongBounds(long rank) {
        TreeMap<Long, Long> all = new TreeMap<>(bounds);
        for (int i = 0; i < kept; i++) {
            all.merge(exact[i], 1L, Long::sum);
        }
        for (int i = 0; buckets != null && i < buckets.length; i++) {
            if (buckets[i] > 0) {
                all.merge(Math.min(worst, middle(firstBucket + i)), (long) buckets[i], Long::sum);
            }
        }
        long seen = 0;
        for (Map.Entry<Long, Long> some : all.entrySet()) {
            seen += some.getValue();
            if (seen >= rank) {
                return some.getKey();
            }
        }
        return worst;
    }

    private void spread() {
        buckets = new int[0];
        for (int i = 0; i < kept; i++) {
            count(bucket(exact[i]), 1);
        }
        exact = new long[0];
        kept = 0;
    }

    private void count(int bucket, int many) {
        int[] counts = buckets == null ? new int[0] : buckets;
        if (counts.length == 0) {
            firstBucket = bucket;
            counts = new int[1];
        } else if (bucket < firstBucket) {
            int[] wider = new int[counts.length + firstBucket - bucket];
            System.arraycopy(counts, 0, wider, firstBucket - bucket, counts.length);
            firstBucket = bucket;
            counts = wider;
        } else if (bucket >= firstBucket + counts.length) {
            counts = Arrays.copyOf(counts, bucket - firstBucket + 1);
        }
        counts[bucket - firstBucket] += many;
        buckets = counts;
    }

    /** Times below 64 ns have a bucket each; then each doubling has 64 of them. */
    private static int bucket(long nanos) {
        if (nanos < PER_DOUBLING) {
            return (int) nanos;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        int within = (int) (nanos >>> (exponent - HALVINGS)) & (PER_DOUBLING - 1);
        return (exponent - HALVINGS + 1) * PER_DOUBLING + within;
    }

    private static long middle(int bucket) {
        if (bucket < PER_DOUBLING) {
            return bucket;
        }
        int shift = bucket / PER_DOUBLING - 1;
        long lowest = (long) (PER_DOUBLING + bucket % PER_DOUBLING) << shift;
        return lowest + ((1L << shift) >>> 1);
    }
}
