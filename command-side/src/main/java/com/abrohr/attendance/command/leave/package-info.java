/** The leave account: requests and their decisions. */
@NullMarked
package com.abrohr.attendance.command.leave;

import org.jspecify.annotations.NullMarked;
