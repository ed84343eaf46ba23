/** The way of a command from the gateway to the log, and of its answer back. */
@NullMarked
package com.abrohr.attendance.command.bus;

import org.jspecify.annotations.NullMarked;
