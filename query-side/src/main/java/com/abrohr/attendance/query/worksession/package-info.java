/** Feature: work sessions. */
@NullMarked
package com.abrohr.attendance.query.worksession;

import org.jspecify.annotations.NullMarked;
