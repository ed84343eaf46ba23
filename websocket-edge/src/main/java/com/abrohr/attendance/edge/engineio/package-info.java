/**
 * Engine.IO v4: one ordered, full-duplex stream of messages to a client over long-polling,
 * WebSocket, or both after an upgrade. Knows neither Socket.IO nor the domain.
 */
@NullMarked
package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.NullMarked;
