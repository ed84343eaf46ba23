package com.abrohr.attendance.edge.engineio;

/** What a client sent is not of the protocol. */
final class InvalidPacketException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidPacketException(String message) {
        super(message, null, false, false);
    }
}
