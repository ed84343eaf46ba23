package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.ClientIdentity;
import com.abrohr.attendance.edge.engineio.Handshake;

import tools.jackson.databind.JsonNode;

import java.util.function.Predicate;

/**
 * A client's CONNECT packet for a namespace.
 *
 * @param namespace its name, "/" for the main one
 * @param auth the payload of the CONNECT packet, an empty object when the client sent none
 * @param handshake the HTTP request that opened the connection: address, origin, headers, query;
 *     its Authorization header is there until the connection has joined its first namespace
 * @param bind counts the connection as the client's, once it is authenticated; false when the
 *     client has as many as are allowed
 */
public record ConnectRequest(
        String namespace, JsonNode auth, Handshake handshake, Predicate<ClientIdentity> bind) {}
