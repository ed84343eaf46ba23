package com.abrohr.attendance.app.security;

import java.util.Optional;

import javax.crypto.SecretKey;

/** The key of HS256 tokens; empty where a public key verifies them. */
public record SharedKey(Optional<SecretKey> key) {
    @Override
    public String toString() {
        return "SharedKey[" + (key.isPresent() ? "***" : "none") + "]";
    }
}
