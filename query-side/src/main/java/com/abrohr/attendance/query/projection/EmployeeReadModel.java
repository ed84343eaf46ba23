package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.eventlog.EmployeeKey;

import java.sql.Connection;
import java.time.Instant;

/**
 * The one read model with a row for every employee. The row also says how far the employee's events
 * are applied, and whether later ones are dead letters.
 */
public interface EmployeeReadModel extends ReadModel {
    /**
     * A select of one employee's last applied number and whether they are dead-lettered.
     *
     * @return SQL with two columns, bigint and boolean, and two parameters, the company's id and
     *     the employee's
     */
    String progress();

    @Override
    Batch begin(Connection connection);

    /** The changes of a batch, with the state of each of its employees. */
    interface Batch extends ReadModel.Batch {
        /** Whether events of the employee are dead letters, so that later ones become some too. */
        boolean isDeadLettered(EmployeeKey employee);

        void setDeadLettered(EmployeeKey employee, boolean deadLettered, Instant at);

        /** The company's number of the last event applied to the employee; 0 for none. */
        long lastSeq(EmployeeKey employee);
    }
}
