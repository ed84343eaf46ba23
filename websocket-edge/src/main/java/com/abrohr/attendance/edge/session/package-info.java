/** Who is connected: the handshake with the token, the rooms, the life of a session. */
@NullMarked
package com.abrohr.attendance.edge.session;

import org.jspecify.annotations.NullMarked;
