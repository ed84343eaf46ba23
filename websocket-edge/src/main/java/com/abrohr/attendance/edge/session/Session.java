package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.messages.identity.Caller;

/** Who speaks over a socket; stays the same for its life. */
public record Session(Caller caller) {}
