/** The REST write API. */
@NullMarked
package com.abrohr.attendance.command.api;

import org.jspecify.annotations.NullMarked;
