/** What it takes to run the jar as its users do and to look at it from outside. */
@NullMarked
package com.abrohr.attendance.system.harness;

import org.jspecify.annotations.NullMarked;
