package com.abrohr.attendance.command.engine;

/**
 * What objects take of the heap, in bytes. Counts the headers of a JVM without compact ones, so
 * that it is never too little.
 */
public final class HeapSize {
    public static final int REFERENCE = 4;

    /** A node of a Caffeine cache and one of the map in it, measured. */
    public static final int CACHE_NODE = 96;

    private static final int OBJECT_HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int ALIGNMENT = 8;
    private static final int STRING_FIELDS = REFERENCE + 6;
    private static final int LAST_LATIN_1 = 0xff;

    private HeapSize() {}

    /**
     * @param fieldBytes of the fields themselves, without what they refer to
     */
    public static int ofObject(int fieldBytes) {
        return aligned(OBJECT_HEADER + fieldBytes);
    }

    public static int ofArray(int length, int elementBytes) {
        return aligned(ARRAY_HEADER + length * elementBytes);
    }

    public static int of(String text) {
        int charBytes = text.chars().allMatch(each -> each <= LAST_LATIN_1) ? 1 : 2;
        return ofObject(STRING_FIELDS) + ofArray(text.length(), charBytes);
    }

    private static int aligned(int bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
