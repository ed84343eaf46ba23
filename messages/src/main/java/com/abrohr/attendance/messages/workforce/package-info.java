/** The people of a company. */
@NullMarked
package com.abrohr.attendance.messages.workforce;

import org.jspecify.annotations.NullMarked;
