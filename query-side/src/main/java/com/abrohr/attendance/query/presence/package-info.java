/** Feature: where each employee stands, on the live board and stored, by the same fold. */
@NullMarked
package com.abrohr.attendance.query.presence;

import org.jspecify.annotations.NullMarked;
