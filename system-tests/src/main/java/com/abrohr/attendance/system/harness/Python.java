package com.abrohr.attendance.system.harness;

import java.io.IOException;

/** The Python of the operating system, with the packages that the system gives it. */
public final class Python {
    /** Debian's own: one from elsewhere does not see Debian's packages. */
    static final String EXECUTABLE = "/usr/bin/python3";

    private Python() {}

    /** Whether this machine can run a Socket.IO client in Python. */
    public static boolean hasSocketIo() {
        try {
            Process process =
                    new ProcessBuilder(EXECUTABLE, "-c", "import socketio, requests, websocket")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor() == 0;
        } catch (IOException none) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
