package com.abrohr.attendance.edge.engineio;

/** A client has sent what violates the Engine.IO or the Socket.IO protocol. */
public final class InvalidPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    public InvalidPacketException(String message) {
        super(message, null, false, false);
    }
}
