/** What clients ask: the guide's events, read strictly and turned into commands. */
@NullMarked
package com.abrohr.attendance.edge.command;

import org.jspecify.annotations.NullMarked;
