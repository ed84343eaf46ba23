/** What stands in the log, byte for byte: canonical JSON with personal data in envelopes. */
@NullMarked
package com.abrohr.attendance.command.serialization;

import org.jspecify.annotations.NullMarked;
