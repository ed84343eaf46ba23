/** Punches, work sessions and presence, read. */
@NullMarked
package com.abrohr.attendance.query.attendance;

import org.jspecify.annotations.NullMarked;
