/** The command side: decides, and appends to the log. */
@NullMarked
package com.abrohr.attendance.command;

import org.jspecify.annotations.NullMarked;
