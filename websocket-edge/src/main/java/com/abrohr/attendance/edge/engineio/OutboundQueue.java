package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits to be sent to one client: messages in order, up to a bound in bytes, and of volatile
 * ones the last of each key. Guarded by the lock of its session, which every method needs but
 * {@link #awaitReader}.
 */
final class OutboundQueue {
    private static final int PACKET_OVERHEAD = 32;
    private static final int MAX_CONFLATED = 64;

    private final Object lock;
    private final ConnectionMemory memory;
    private final long maxBytes;
    private final long maxUnread;
    private final ArrayDeque<OutboundPacket> waiting = new ArrayDeque<>(4);
    private long bytes;

    /**
     * Bytes that are in memory for this client alone, and not for one that was sent them before.
     */
    private long reserved;

    private @Nullable Map<String, OutboundMessage> conflated;
    private int inFlight;
    private boolean handlerWaits;
    private boolean closed;

    /**
     * @param maxBytes that may wait
     * @param maxUnread bytes from which on nothing more of the client is handled
     */
    OutboundQueue(Object lock, ConnectionMemory memory, long maxBytes, long maxUnread) {
        this.lock = lock;
        this.memory = memory;
        this.maxBytes = maxBytes;
        this.maxUnread = maxUnread;
    }

    /**
     * False when the message does not fit any more, and the session must close. One message always
     * fits an empty queue, or a large board could never be shown.
     */
    boolean offer(OutboundMessage message) {
        if (bytes > 0 && bytes + cost(message) > maxBytes) {
            return false;
        }
        long before = reserved;
        add(message);
        if (before > 0 && memory.tryReserve(reserved - before)) {
            return true;
        }
        memory.reserve(reserved - before);
        return before == 0;
    }

    /**
     * Keeps the message until a newer one of its key comes or it is taken.
     *
     * @param transportReady whether what is taken can be written now
     */
    void offerLatest(String key, OutboundMessage message, boolean transportReady) {
        if (transportReady && waiting.isEmpty() && inFlight == 0) {
            long before = reserved;
            add(message);
            charge(before);
            return;
        }
        if (conflated == null) {
            conflated = new LinkedHashMap<>();
        }
        // Keys are few by nature; a caller that makes them up must not fill the memory.
        if (conflated.size() < MAX_CONFLATED || conflated.containsKey(key)) {
            conflated.put(key, message);
        }
    }

    /** Goes before everything else, whatever waits. */
    void addFirst(OutboundPacket packet) {
        long before = reserved;
        waiting.addFirst(packet);
        bytes += cost(packet);
        reserved += cost(packet);
        charge(before);
    }

    /** What counts against the bound: what waits, and what is being written. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && conflated == null;
    }

    /** The next packets, to be written at once; they count no longer. */
    List<OutboundPacket> takeUpTo(int max) {
        long before = reserved;
        List<OutboundPacket> packets = new ArrayList<>();
        while (packets.size() < max) {
            addConflatedIfEmpty();
            OutboundPacket next = waiting.poll();
            if (next == null) {
                break;
            }
            release(next);
            packets.add(next);
        }
        charge(before);
        resumeHandler();
        return packets;
    }

    /** The next packet; it counts until {@link #sent} is called for it. */
    @Nullable OutboundPacket take() {
        long before = reserved;
        addConflatedIfEmpty();
        charge(before);
        OutboundPacket next = waiting.poll();
        if (next != null) {
            inFlight++;
        }
        return next;
    }

    void sent(OutboundPacket packet) {
        long before = reserved;
        inFlight--;
        release(packet);
        charge(before);
        resumeHandler();
    }

    /** Takes everything and wakes the handler. */
    List<OutboundPacket> close() {
        closed = true;
        List<OutboundPacket> packets = new ArrayList<>(waiting);
        waiting.clear();
        memory.free(reserved);
        bytes = 0;
        reserved = 0;
        if (conflated != null) {
            conflated.values().forEach(message -> packets.addAll(message.packets()));
            conflated = null;
        }
        resumeHandler();
        return packets;
    }

    /** Whether the client has so much to read that nothing more of it is handled. */
    boolean isUnread() {
        return bytes > maxUnread;
    }

    /** Waits while {@link #isUnread}: the answers to more messages would only add to it. */
    void awaitReader() {
        synchronized (lock) {
            while (!closed && isUnread()) {
                handlerWaits = true;
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void resumeHandler() {
        if (handlerWaits && (closed || !isUnread())) {
            handlerWaits = false;
            lock.notifyAll();
        }
    }

    private void charge(long before) {
        if (reserved != before) {
            memory.reserve(reserved - before);
        }
    }

    private void release(OutboundPacket packet) {
        // The queue may have been closed since, and its bytes no longer count.
        bytes = Math.max(0, bytes - cost(packet));
        reserved = Math.min(reserved, bytes);
    }

    private void addConflatedIfEmpty() {
        if (waiting.isEmpty() && conflated != null) {
            conflated.values().forEach(this::add);
            conflated = null;
        }
    }

    private void add(OutboundMessage message) {
        waiting.addAll(message.packets());
        bytes += cost(message);
        reserved +=
                message.claimMemory()
                        ? cost(message)
                        : (long) message.packets().size() * PACKET_OVERHEAD;
    }

    private static long cost(OutboundMessage message) {
        return message.bytes() + (long) message.packets().size() * PACKET_OVERHEAD;
    }

    private static long cost(OutboundPacket packet) {
        return (long) packet.bytes() + PACKET_OVERHEAD;
    }
}
