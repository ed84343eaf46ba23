/** The time clock: punches, work sessions and their corrections. */
@NullMarked
package com.abrohr.attendance.command.attendance;

import org.jspecify.annotations.NullMarked;
