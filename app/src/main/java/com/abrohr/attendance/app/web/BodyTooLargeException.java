package com.abrohr.attendance.app.web;

import java.io.IOException;

/** A request body went on beyond the limit. */
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    BodyTooLargeException(int limit) {
        super("the body is larger than " + limit + " bytes");
    }
}
