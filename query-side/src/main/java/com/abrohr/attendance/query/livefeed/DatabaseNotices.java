package com.abrohr.attendance.query.livefeed;

/** What all nodes tell each other over the database, as the room that writes the log hears it. */
@FunctionalInterface
public interface DatabaseNotices {

    /** Tells a hearer of all that is heard from the node's start on. */
    void tell(Hearer hearer);

    /** Called on the thread that hears, which must not be kept. */
    interface Hearer {

        /**
         * @param own whether this node's writer has appended it, so that it comes from memory
         * @param globalIndex the last place of the log
         */
        void appended(boolean own, long globalIndex);

        /** The stored board of a company has changed without an event. */
        void boardRepaired(String companyId);

        /** Nothing was heard for a while. */
        void mayHaveMissed();
    }
}
