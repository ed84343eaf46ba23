/** Punches, work sessions and their corrections. */
@NullMarked
package com.abrohr.attendance.messages.attendance;

import org.jspecify.annotations.NullMarked;
