package com.abrohr.attendance.edge.socketio.archfixture;

import com.abrohr.attendance.messages.attendance.PunchIn;

/** Illegal: a protocol that knows what is said over it. */
public final class ProtocolWithDomain {
    public String frame(PunchIn punch) {
        return "42" + punch.employeeId();
    }
}
