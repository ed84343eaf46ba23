package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.identity.Caller;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code pid} of Socket.IO's connection-state recovery. It holds what a node must know to
 * continue where another one stopped, so that no node keeps anything for clients that are away. It
 * is a claim, not a credential: the token alone says whose entries the client may see.
 *
 * @param epoch of the numbers
 * @param start the last number before the client's first connection: the offset of a client that
 *     has received nothing
 * @param owner the employee whose it is, see {@link #ownerOf}
 */
record RecoveryId(String epoch, long start, String owner) {
    private static final int OWNER_BYTES = 12;
    private static final Pattern TEXT =
            Pattern.compile("([0-9A-Za-z-]{1,64})\\.(\\d{1,18})\\.([0-9a-f]{24})");

    String text() {
        return epoch + '.' + start + '.' + owner;
    }

    /** Null for what this server has never given. */
    static @Nullable RecoveryId parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? new RecoveryId(parts.group(1), Long.parseLong(parts.group(2)), parts.group(3))
                : null;
    }

    /** For a client that subscribes now. */
    static RecoveryId startingAt(FeedPosition position, Caller caller) {
        return new RecoveryId(position.epoch(), position.seq(), ownerOf(caller));
    }

    /** Identifies an employee without revealing who it is. */
    static String ownerOf(Caller caller) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    RoomNames.user(caller.companyId(), caller.employeeId())
                                            .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, OWNER_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
