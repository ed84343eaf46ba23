package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What waits for one client: messages in order, up to a bound in bytes, and of volatile ones the
 * last of each key. Not thread-safe.
 */
final class Outbox {

    private static final int PACKET_OVERHEAD = 32;
    private static final int MAX_CONFLATED = 64;

    private final int limit;
    private final ArrayDeque<EnginePacket> waiting = new ArrayDeque<>(4);
    private long bytes;
    private long held;
    private @Nullable Map<String, OutboundMessage> conflated;
    private int inFlight;

    Outbox(int limit) {
        this.limit = limit;
    }

    /**
     * False, and nothing changed, when the message does not fit any more. One message always fits
     * an empty outbox, or a large board could never be shown.
     */
    boolean offer(OutboundMessage message) {
        if (bytes > 0 && bytes + cost(message) > limit) {
            return false;
        }
        add(message);
        return true;
    }

    /**
     * Keeps the message until a newer one of its key comes or it is taken.
     *
     * @param transportReady whether what is taken can be written now
     */
    void offerLatest(String key, OutboundMessage message, boolean transportReady) {
        if (transportReady && waiting.isEmpty() && inFlight == 0) {
            add(message);
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

    /** Goes before everything else and is taken whatever waits. */
    void addFirst(EnginePacket packet) {
        waiting.addFirst(packet);
        bytes += cost(packet);
        held += cost(packet);
    }

    /** What counts against the bound: what waits, and what is being written. */
    long bytes() {
        return bytes;
    }

    /** What of it is held in memory for this client, and not for another that came before. */
    long held() {
        return held;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && conflated == null;
    }

    /** Everything, to be written at once. */
    List<EnginePacket> takeAll() {
        List<EnginePacket> packets = new ArrayList<>(waiting);
        waiting.clear();
        bytes = 0;
        held = 0;
        if (conflated != null) {
            conflated.values().forEach(message -> packets.addAll(message.packets()));
            conflated = null;
        }
        return packets;
    }

    /** The next packets, to be written at once; they count no longer. */
    List<EnginePacket> takeUpTo(int most) {
        List<EnginePacket> packets = new ArrayList<>();
        while (packets.size() < most) {
            addConflatedWhenItIsTheirTurn();
            EnginePacket next = waiting.poll();
            if (next == null) {
                break;
            }
            release(next);
            packets.add(next);
        }
        return packets;
    }

    /** The next packet; it counts until {@link #sent} is called for it. */
    @Nullable EnginePacket take() {
        addConflatedWhenItIsTheirTurn();
        EnginePacket next = waiting.poll();
        if (next != null) {
            inFlight++;
        }
        return next;
    }

    void sent(EnginePacket packet) {
        inFlight--;
        release(packet);
    }

    private void release(EnginePacket packet) {
        // Everything may have been taken meanwhile, and counts nothing since.
        bytes = Math.max(0, bytes - cost(packet));
        held = Math.min(held, bytes);
    }

    private void addConflatedWhenItIsTheirTurn() {
        if (waiting.isEmpty() && conflated != null) {
            conflated.values().forEach(this::add);
            conflated = null;
        }
    }

    private void add(OutboundMessage message) {
        waiting.addAll(message.packets());
        bytes += cost(message);
        held +=
                message.becomesHeld()
                        ? cost(message)
                        : (long) message.packets().size() * PACKET_OVERHEAD;
    }

    private static long cost(OutboundMessage message) {
        return message.bytes() + (long) message.packets().size() * PACKET_OVERHEAD;
    }

    private static long cost(EnginePacket packet) {
        return (long) packet.bytes() + PACKET_OVERHEAD;
    }
}
