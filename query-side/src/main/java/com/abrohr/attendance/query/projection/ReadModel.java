package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;

/** A read model as the projection sees it: its tables, and what a batch of events changes there. */
public interface ReadModel {
    /** The names of its tables, which a rebuild empties first. */
    List<String> tables();

    /**
     * A batch without events.
     *
     * @param connection of the batch's transaction, for rows that few events need
     */
    Batch begin(Connection connection);

    /**
     * What the events of one batch change, on top of the rows that were loaded. Used by one thread;
     * written once, or discarded when an event cannot be applied.
     */
    interface Batch {
        /**
         * Adds the queries for the rows that events of these employees need. They are sent in the
         * round trip that locks the companies.
         */
        default void load(Collection<EmployeeKey> employees, Pipeline pipeline) {}

        /**
         * Applies the next event of its company; of every type, in the order of the log.
         *
         * @throws RuntimeException when the event cannot be true of what is stored; it becomes a
         *     dead letter
         */
        void apply(RecordedEvent event);

        /**
         * Adds the statements that write the changes. Each must find all of its rows, or an event
         * of the batch becomes a dead letter.
         */
        void write(Pipeline pipeline);
    }
}
