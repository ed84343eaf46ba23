package com.abrohr.attendance.query.livefeed;

/** What the nodes notify each other of over PostgreSQL, as the room that writes the log gets it. */
@FunctionalInterface
public interface LogNotifications {
    /** Calls the listener from now on. */
    void subscribe(Listener listener);

    /** Called on the thread that receives notifications, which must not be blocked. */
    interface Listener {
        /**
         * @param own whether this node's writer has appended, so that the events come from memory
         * @param globalIndex the last index of the log
         */
        void appended(boolean own, long globalIndex);

        /** Events of an employee of the company became dead letters, or no longer are. */
        void deadLettersChanged(String companyId);

        /** Notifications may have been lost. */
        void mayHaveMissed();
    }
}
