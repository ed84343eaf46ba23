/** The projection behind the live board: a pure fold, and set-based SQL around it. */
@NullMarked
package com.abrohr.attendance.query.board;

import org.jspecify.annotations.NullMarked;
