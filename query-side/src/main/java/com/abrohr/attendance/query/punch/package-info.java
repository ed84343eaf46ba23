/** Feature: punches, and what they say in the live feed. */
@NullMarked
package com.abrohr.attendance.query.punch;

import org.jspecify.annotations.NullMarked;
