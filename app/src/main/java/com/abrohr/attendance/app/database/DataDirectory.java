package com.abrohr.attendance.app.database;

import com.abrohr.attendance.app.settings.StartRefused;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** The folder that outlives the process: database files and generated secrets, the owner's only. */
public final class DataDirectory {
    private static final String LOCK_FILE = "attendance.lock";
    private static final String SETTING = "attendance.data-dir";

    // The lock covers a byte that is never written, because a locked region cannot be read by
    // others on every system, and the text must be: it says who holds the directory.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path path;

    public DataDirectory(Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /**
     * Takes the directory for this process until the lock is closed or the process ends in whatever
     * way.
     *
     * @throws StartRefused when another process holds it
     */
    public FileChannel lock() {
        Path file = create().resolve(LOCK_FILE);
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            ownerOnly("rw-------"));
            if (tryLock(channel) == null) {
                throw inUse(file);
            }
            channel.truncate(0);
            channel.write(
                    StandardCharsets.UTF_8.encode("pid " + ProcessHandle.current().pid() + "\n"));
            return channel;
        } catch (IOException e) {
            throw unusable(e);
        } catch (StartRefused e) {
            closeQuietly(channel);
            throw e;
        }
    }

    /** Random text kept under a name, made on first use: hex of {@code bytes} random bytes. */
    public String secret(String name, int bytes) {
        Path file = create().resolve(name);
        try {
            if (!Files.exists(file)) {
                writeOnce(file, bytes);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private void writeOnce(Path file, int bytes) throws IOException {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        Path fresh = Files.createTempFile(path, "secret", ".new", ownerOnly("rw-------"));
        try {
            Files.writeString(fresh, HexFormat.of().formatHex(random));
            // Only a link says "the whole file or nothing, and never over another's".
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException kept) {
            // Another node was first; its secret is the one.
        } catch (UnsupportedOperationException noLinks) {
            Files.move(fresh, file);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Makes the directory, readable by its owner only. */
    public Path create() {
        try {
            Files.createDirectories(path, ownerOnly("rwx------"));
            return path;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private StartRefused inUse(Path file) throws IOException {
        String holder = Files.readString(file).strip();
        return inUse(path, holder.isEmpty() ? "pid unknown" : holder);
    }

    static StartRefused inUse(Path path, String holder) {
        return new StartRefused(
                SETTING + ": " + path + " is in use by another process (" + holder + ")",
                "Stop that process, or start this one with another --"
                        + SETTING
                        + " and another --server.port.");
    }

    private StartRefused unusable(IOException e) {
        return new StartRefused(
                SETTING + ": " + path + " cannot be used: " + e,
                "Name a directory that this user can write, with --" + SETTING + ".",
                e);
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // The start fails already, with the message that matters.
            }
        }
    }
}
