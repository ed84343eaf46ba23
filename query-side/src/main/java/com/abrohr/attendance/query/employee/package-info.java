/** Feature: the people of a company. */
@NullMarked
package com.abrohr.attendance.query.employee;

import org.jspecify.annotations.NullMarked;
