package com.abrohr.attendance.query.livefeed;

/** What every node appends to the log, as the room that writes the log hears it. */
@FunctionalInterface
public interface AppendNotices {

    /** Tells a hearer of all that is appended from now on. */
    void tell(Hearer hearer);

    /** Called on the thread that hears, which must not be kept. */
    interface Hearer {

        /**
         * @param own whether this node's writer has appended it, so that it comes from memory
         * @param globalIndex the last place of the log
         */
        void appended(boolean own, long globalIndex);

        /** Nothing was heard for a while. */
        void mayHaveMissed();
    }
}
