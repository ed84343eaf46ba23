/** The composition root: wires the rooms into one process. */
@NullMarked
package com.abrohr.attendance.app;

import org.jspecify.annotations.NullMarked;
