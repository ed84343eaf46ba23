/** The event log in PostgreSQL: one total order over all nodes, and the wake-up of its readers. */
@NullMarked
package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.NullMarked;
