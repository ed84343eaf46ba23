package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.Handshake;
import com.abrohr.attendance.edge.engineio.Owner;

import tools.jackson.databind.JsonNode;

import java.util.function.Predicate;

/**
 * A client's wish to join a namespace.
 *
 * @param namespace its name, "/" for the main one
 * @param auth the payload of the CONNECT packet, an empty object when the client sent none
 * @param handshake the HTTP request that opened the connection: address, origin, headers, query;
 *     its Authorization header is there until the connection has joined its first namespace
 * @param countedAs counts the connection as its owner's, as soon as that is known; false when the
 *     owner has as many as are allowed
 */
public record ConnectRequest(
        String namespace, JsonNode auth, Handshake handshake, Predicate<Owner> countedAs) {}
