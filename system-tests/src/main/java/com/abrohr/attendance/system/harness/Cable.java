package com.abrohr.attendance.system.harness;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The network between a client and a server of this machine, which can be cut and mended. */
public final class Cable implements AutoCloseable {
    private final ServerSocket entrance;
    private final int exit;
    private final Set<Socket> ends = new HashSet<>();
    private boolean cut;
    private boolean hushed;

    /**
     * @param exit the server's port on the loopback address
     */
    public Cable(int exit) {
        this.exit = exit;
        try {
            entrance = new ServerSocket(FreePorts.next(), 200, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Where clients reach the server through this cable. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + entrance.getLocalPort());
    }

    /** Ends every connection without a word and lets none through until mended. */
    public void cut() {
        List<Socket> open;
        synchronized (ends) {
            cut = true;
            ends.notifyAll();
            open = new ArrayList<>(ends);
            ends.clear();
        }
        open.forEach(Cable::end);
    }

    /** Holds everything back without a word, as a dead network does; it arrives when mended. */
    public void hush() {
        synchronized (ends) {
            hushed = true;
        }
    }

    public void mend() {
        synchronized (ends) {
            cut = false;
            hushed = false;
            ends.notifyAll();
        }
    }

    private void accept() {
        while (!entrance.isClosed()) {
            try {
                Socket client = entrance.accept();
                Thread.ofVirtual().start(() -> join(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void join(Socket client) {
        Socket server = new Socket();
        boolean joined;
        synchronized (ends) {
            joined = !cut;
            if (joined) {
                ends.add(client);
                ends.add(server);
            }
        }
        if (!joined) {
            end(client);
            return;
        }
        try {
            server.connect(new InetSocketAddress("127.0.0.1", exit), 5_000);
            Thread.ofVirtual().start(() -> carry(server, client));
            carry(client, server);
        } catch (IOException noServer) {
            end(client);
        }
    }

    private void carry(Socket from, Socket to) {
        try {
            byte[] bytes = new byte[8192];
            for (int read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                awaitSound();
                to.getOutputStream().write(bytes, 0, read);
            }
        } catch (IOException ended) {
            // Both ends are closed below.
        }
        end(from);
        end(to);
        synchronized (ends) {
            ends.remove(from);
            ends.remove(to);
        }
    }

    private void awaitSound() throws InterruptedIOException {
        synchronized (ends) {
            while (hushed && !cut) {
                try {
                    ends.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException();
                }
            }
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            return;
        }
    }

    @Override
    public void close() {
        cut();
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
