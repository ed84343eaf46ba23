/**
 * Socket.IO v5 on Engine.IO: namespaces that admit or refuse clients, events and acknowledgements
 * both ways, rooms. Knows nothing of the domain.
 */
@NullMarked
package com.abrohr.attendance.edge.socketio;

import org.jspecify.annotations.NullMarked;
