package com.abrohr.attendance.load;

import java.util.Locale;

/** Prints figures beside their targets and remembers whether one was crossed. */
final class FigureTable {
    private static final String LINE = "%-46s %14s %8s %9s %9s %9s %9s  %s%n";

    private boolean crossed;

    FigureTable() {
        System.out.printf(LINE, "", "target", "n", "p50", "p95", "p99", "max", "");
    }

    /** Durations in milliseconds, with nothing that they should keep below. */
    void durations(String what, Samples.Quantiles quantiles) {
        line(what, "", quantiles, "");
    }

    /** Durations in milliseconds; their 99th percentile counts. */
    void durations(String what, Samples samples, int belowMillis) {
        Samples.Quantiles quantiles = samples.quantiles();
        boolean kept = quantiles.millis(0.99) < belowMillis;
        line(what, "p99 < " + belowMillis + " ms", quantiles, verdict(kept));
    }

    private static void line(
            String what, String target, Samples.Quantiles quantiles, String verdict) {
        System.out.printf(
                LINE,
                what,
                target,
                quantiles.count(),
                millis(quantiles, 0.5),
                millis(quantiles, 0.95),
                millis(quantiles, 0.99),
                millis(quantiles, 1),
                verdict);
    }

    private static String millis(Samples.Quantiles quantiles, double share) {
        return String.format(Locale.ROOT, "%.2f", quantiles.millis(share));
    }

    void atLeast(String what, double target, double measured) {
        value(what, ">= " + number(target), measured, verdict(measured >= target));
    }

    void none(String what, long measured) {
        value(what, "0", measured, verdict(measured == 0));
    }

    void megabytes(String what, int below, long bytes) {
        value(what, "< " + below + " MB", bytes / 1e6, verdict(bytes < below * 1_000_000L));
    }

    /** A figure with nothing that it should keep to. */
    void megabytes(String what, long bytes) {
        value(what, "", bytes / 1e6, "");
    }

    private static void value(String what, String target, double measured, String verdict) {
        System.out.printf(LINE, what, target, "", number(measured), "", "", "", verdict);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.1f", value);
    }

    private String verdict(boolean kept) {
        crossed |= !kept;
        return kept ? "kept" : "CROSSED";
    }

    boolean allKept() {
        return !crossed;
    }
}
