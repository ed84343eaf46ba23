/** Employees: who exists, and in which zone. */
@NullMarked
package com.abrohr.attendance.command.workforce;

import org.jspecify.annotations.NullMarked;
