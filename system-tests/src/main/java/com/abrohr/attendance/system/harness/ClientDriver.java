package com.abrohr.attendance.system.harness;

import tools.jackson.databind.JsonNode;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Drives one client library. The operations are {@code open} (socket, url, options), {@code emit}
 * (socket, args), {@code ask} (socket, args, timeout in ms; answered with the first argument of the
 * acknowledgement) and {@code close} (socket); {@code drop}, {@code connect} and {@code crowd}
 * where the library can. What a socket lives through and hears is told in the form that {@code
 * node/clients.mjs} shows.
 */
public interface ClientDriver extends AutoCloseable {
    void tell(String op, Map<String, ?> arguments);

    CompletableFuture<JsonNode> ask(String op, Map<String, ?> arguments);

    @Override
    void close();
}
