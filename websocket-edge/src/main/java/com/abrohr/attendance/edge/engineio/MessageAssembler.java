package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Puts the parts of one WebSocket's messages together, which arrive in order (RFC 6455, 5.4), and
 * reserves memory for what is incomplete. Parts are added by one thread at a time.
 */
final class MessageAssembler {
    private final int maxPayload;

    // Guarded by this, because any thread may close it.
    private @Nullable StringBuilder text;
    private @Nullable ByteArrayOutputStream binary;
    private long reserved;
    private boolean closed;

    /**
     * @param maxPayload characters of a text message, bytes of a binary one
     */
    MessageAssembler(int maxPayload) {
        this.maxPayload = maxPayload;
    }

    /**
     * The message that a part completes, null while more is to come.
     *
     * @throws RefusedException PAYLOAD_TOO_LARGE, or INBOUND_OVERFLOW when there is no memory
     */
    synchronized @Nullable String add(String part, boolean last, ConnectionMemory memory)
            throws RefusedException {
        StringBuilder before = text;
        if (closed) {
            return null;
        }
        if ((before == null ? 0 : before.length()) + part.length() > maxPayload) {
            forget(memory);
            throw new RefusedException(CloseReason.PAYLOAD_TOO_LARGE);
        }
        if (last && before == null) {
            return part;
        }
        StringBuilder collected = before == null ? new StringBuilder(part.length() * 2) : before;
        collected.append(part);
        if (last) {
            forget(memory);
            return collected.toString();
        }
        text = collected;
        // Two bytes a character as soon as one of them needs both.
        reserve(memory, 2L * collected.capacity());
        return null;
    }

    /** The same for binary messages. */
    synchronized byte @Nullable [] add(ByteBuffer part, boolean last, ConnectionMemory memory)
            throws RefusedException {
        if (closed) {
            return null;
        }
        ByteArrayOutputStream collected = binary == null ? new ByteArrayOutputStream() : binary;
        if (collected.size() + part.remaining() > maxPayload) {
            forget(memory);
            throw new RefusedException(CloseReason.PAYLOAD_TOO_LARGE);
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        collected.writeBytes(bytes);
        if (last) {
            forget(memory);
            return collected.toByteArray();
        }
        binary = collected;
        // Its buffer doubles.
        reserve(memory, 2L * collected.size());
        return null;
    }

    /** Drops what is incomplete, and whatever comes. */
    synchronized void close(@Nullable ConnectionMemory memory) {
        closed = true;
        if (memory != null) {
            forget(memory);
        }
    }

    private void reserve(ConnectionMemory memory, long bytes) throws RefusedException {
        if (!memory.tryReserve(bytes - reserved)) {
            forget(memory);
            throw new RefusedException(CloseReason.INBOUND_OVERFLOW);
        }
        reserved = bytes;
    }

    private void forget(ConnectionMemory memory) {
        text = null;
        binary = null;
        if (reserved > 0) {
            memory.free(reserved);
        }
        reserved = 0;
    }

    /** A message that closes its connection. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient CloseReason reason;

        private RefusedException(CloseReason reason) {
            super(reason.text(), null, false, false);
            this.reason = reason;
        }

        CloseReason reason() {
            return reason;
        }
    }
}
