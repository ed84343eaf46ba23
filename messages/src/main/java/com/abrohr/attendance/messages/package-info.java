/** Everything that crosses a room of the house: records only, no framework. */
@NullMarked
package com.abrohr.attendance.messages;

import org.jspecify.annotations.NullMarked;
