/** Feature: leave requests. */
@NullMarked
package com.abrohr.attendance.query.leave;

import org.jspecify.annotations.NullMarked;
